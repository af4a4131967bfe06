#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a LUN is unmapped from one portal under I/O and mapped again: the other path takes over, the reason is the target's own"

run()
{
	unit_up luns=2 "states=active/optimized active/non-optimized"
	unit_find 1
	io_start "$HEAD"
	wait_traffic 1
	lio_unmap 1 1
	wait_traffic 2
	wait_path "${P[1]}" health suspect
	# ILLEGAL REQUEST, LOGICAL UNIT NOT SUPPORTED, as the probe finds, too.
	wait_path "${P[1]}" reason "no such LUN"
	expect_eq "$(head_get state)" degraded
	sleep 3
	expect_eq "$(path_get "${P[1]}" health)" suspect
	lio_map 1 1 1
	wait_path "${P[1]}" health good 30
	wait_traffic 1
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
