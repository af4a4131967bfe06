#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="V3: a LUN was given to another unit before the module came: the path is not used for the one that the SCSI core remembers, nor keeps the others from being heard"

is_ro() { [ "$(cat "/sys/block/$HEAD/ro")" = "$1" ]; }

run()
{
	local n
	iscsi_start
	defer iscsi_stop
	lio_create luns=2 size=16M "states=active/optimized active/non-optimized"
	defer lio_destroy
	iscsi_login
	lio_map 1 1
	mpath_load multipath=on
	unit_find
	wait_path "${P[1]}" health stray
	wait_path "${P[2]}" health good
	expect_eq "$(path_get "${P[1]}" reason)" "leads to another unit"
	expect_ok blockdev --setro "/dev/${P[2]}"
	wait_until 5 is_ro 1
	expect_ok blockdev --setrw "/dev/${P[2]}"
	wait_until 5 is_ro 0
	io_start "$HEAD"
	wait_traffic 2
	# And so it stays, however often it is asked.
	sleep 5
	expect_eq "$(path_get "${P[1]}" health)" stray
	expect_eq "$(logged "path ${P[1]} leads to another unit now")" 1 "lines in the log"
	traffic 100
	expect_eq "${D[1]}" 0 "I/O of the stray path"
	# Home again without a word: it is asked every 20 s at least.
	lio_map 1 0
	wait_path "${P[1]}" health good 30
	wait_traffic 1
	io_finish
	for n in 1 2; do
		expect_eq "$(path_get "${P[n]}" failovers)" 0 "failovers of path $n"
	done
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
