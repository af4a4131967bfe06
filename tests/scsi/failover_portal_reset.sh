#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a TCP reset of the portal in use stalls I/O for less than half a second"
QUICK=1

run()
{
	unit_up portals=2
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	wait_head state degraded
	fault_clear
	wait_head state online 20
	io_finish
	expect_stall 500
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
