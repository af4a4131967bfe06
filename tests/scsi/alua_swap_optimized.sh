#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the optimized and the non-optimized group swap roles under I/O, and back"
QUICK=1

run()
{
	unit_up "states=active/optimized active/non-optimized"
	io_start "$HEAD"
	wait_traffic 1
	# LIO tells only the ports of the group that changes, by their next
	# command: what path 1 hears last has to make us look at both groups.
	lio_alua 2 active/optimized
	lio_alua 1 active/non-optimized
	wait_traffic 2
	lio_alua 1 active/optimized
	lio_alua 2 active/non-optimized
	wait_traffic 1
	io_finish
	expect_stall 100
	wait_path "${P[1]}" access_state active/optimized
	wait_path "${P[2]}" access_state active/non-optimized
}
