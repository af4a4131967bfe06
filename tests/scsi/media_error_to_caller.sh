#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a medium error goes to the caller, and moves nothing"
QUICK=1

read_all() { dd if="/dev/$HEAD" of=/dev/null bs=64k count=16 iflag=direct; }

run()
{
	local n path
	unit_up_debug add_host=3
	expect_ok read_all
	for n in 1 2 3; do
		# READ(10): medium error, unrecovered read error
		sdebug_sense "${P[n]}" 0x28 0x3 0x11 0x0
	done
	expect_fail read_all
	for path in "${P[@]}"; do
		expect_eq "$(path_get "$path" health)" good "health of $path"
		expect_eq "$(path_get "$path" failovers)" 0 "failovers of $path"
		sdebug_heal "$path" 0x28
	done
	expect_ok read_all
}
