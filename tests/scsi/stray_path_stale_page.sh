#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="L4: a LUN was given to another unit before the module came, and the SCSI core has not heard of it: the path goes to that unit by itself, and is never used for the one that is remembered"

run()
{
	local other
	iscsi_start
	defer iscsi_stop
	lio_create luns=2 size=16M,8M "states=active/optimized active/non-optimized"
	defer lio_destroy
	iscsi_login
	# One LUN of a portal leads to a unit, not two.
	put 1 "/sys/block/$(path_of 1 1)/device/delete"
	lio_unmap 1 1
	lio_map 1 1
	mpath_load multipath=on
	P[2]=$(path_of 2)
	wait_until 15 is_path "${P[2]}"
	HEAD=$(head_of "${P[2]}")
	wait_until 15 is_path "$(path_of 2 1)"
	other=$(head_of "$(path_of 2 1)")
	P[1]=$(path_of 1)
	poll 15 head_is "${P[1]}" "$other" || fail "${P[1]} is a path of $(head_of "${P[1]}"), not of $other"
	wait_path "${P[1]}" health good
	expect_eq "$(cat "/sys/block/${P[1]}/size")" "$(cat "/sys/block/$other/size")" "its size"
	expect_eq "$(logged "path ${P[1]} leads to another unit now")" 1 "lines in the log"
	io_start "$HEAD"
	traffic 100
	expect_eq "${D[1]}" 0 "I/O of the path that left"
	io_finish

	# Home again without a word: it is asked when it is in doubt.
	lio_map 1 0
	fault_reset 1
	wait_path "${P[1]}" health blocked
	fault_clear
	poll 40 head_is "${P[1]}" "$HEAD" || fail "${P[1]} did not come home"
	wait_path "${P[1]}" health good
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
