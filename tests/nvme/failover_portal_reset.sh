#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="TCP connections of a path are reset: I/O moves at once, and comes back with the portal"
QUICK=1

run()
{
	unit_up transport=tcp
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	wait_ctrl "$A" connecting
	fault_clear
	wait_ctrl "$A" live 20
	nvmet_ana "$B" inaccessible
	wait_traffic "$A"
	io_finish
	expect_stall 1000
}
