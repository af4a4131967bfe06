#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="each port is unavailable for a while, and says so by the peripheral qualifier as SPC-4 5.9.2.4.5 wants it: the unit is not gone, I/O waits"

run()
{
	local opcode
	mpath_load multipath=on poll_secs=5
	NOP=5 iscsi_start
	defer iscsi_stop
	hostile_create
	iscsi_login
	unit_find
	io_start "$HEAD"
	hostile set '*' 0 qualifier 1 >/dev/null
	hostile alua '*' unavailable >/dev/null
	for opcode in 28 2a 00; do
		hostile rule '*' 0 "$opcode" sense 2/4/c >/dev/null
	done
	wait_head state no-usable-path 15
	expect_eq "$(within 12 head_has state gone && echo gone)" "" "state"
	hostile obey >/dev/null
	hostile alua '*' active/optimized >/dev/null
	hostile set '*' 0 qualifier 0 >/dev/null
	wait_head state online 30
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_eq "$(logged 'has no such LUN')" 0 "paths that were said to have no LUN"
}
