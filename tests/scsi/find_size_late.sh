#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="L1: a disk that was found while its port was unavailable has no size; it becomes a path by itself when the port is active, and the log tells both once"

run()
{
	local n
	mpath_load poll_secs=2
	iscsi_start
	defer iscsi_stop
	lio_create portals=2 "states=unavailable active/optimized"
	defer lio_destroy
	iscsi_login
	for n in 1 2; do P[n]=$(path_of "$n"); done
	wait_until 15 left_alone "${P[1]}"
	wait_until 15 is_path "${P[2]}"
	expect_eq "$(cat "/sys/block/${P[1]}/size")" 0 "size of the disk"
	expect_eq "$(cat "/sys/block/${P[1]}/device/mpath_left_alone")" "of no size"
	# Looked at again, after 1, 2 and 2 s.
	sleep 4
	expect_ok no_head "${P[1]}"
	expect_eq "$(logged "${P[1]}: .*left alone")" 1 "lines in the log"
	n=$(logged "Read Capacity.*failed")

	lio_alua 1 active/optimized
	unit_find
	expect_eq "$(logged "Read Capacity.*failed")" "$n" "what sd has said meanwhile"
	io_start "$HEAD"
	wait_traffic 1 2
	io_finish
}
