#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="B1: a bad block goes to the caller, whatever its sense data, and moves nothing: no path is suspect, other I/O passes"
QUICK=1

read_all() { dd if="/dev/$HEAD" of=/dev/null bs=64k count=16 iflag=direct; }
write_one() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct; }

# bad KEY ASC ASCQ: every read ends so, through each path
bad()
{
	local path
	for path in "${P[@]}"; do
		sdebug_sense "$path" 0x28 "$@"
	done
	expect_fail read_all
	expect_ok write_one
	expect_fail read_all
	for path in "${P[@]}"; do
		expect_eq "$(path_get "$path" health)" good "health of $path after $*"
		expect_eq "$(path_get "$path" errors)" 0 "errors of $path after $*"
		sdebug_heal "$path" 0x28
	done
	expect_ok read_all
}

run()
{
	local path
	unit_up_active
	expect_ok read_all
	# READ(10): medium error, unrecovered read error
	bad 0x3 0x11 0x0
	for path in "${P[@]}"; do
		expect_eq "$(path_get "$path" failovers)" 0 "failovers of $path"
	done
	# Medium error, defect list error
	bad 0x3 0x19 0x0
	# Not ready, LU communication failure: LIO's word for an error of its disk
	bad 0x2 0x8 0x0
	# Hardware error, internal target failure; aborted command, no reason given
	bad 0x4 0x44 0x0
	bad 0xb 0x0 0x0
	expect_eq "$(logged "$HEAD: path .*not used until")" 0 "paths that were suspect"
}
