#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a unit grows, and one controller learns of it seconds after the other: the unit has its new size, and a disk that was found before that is a path of it"

size_is() { [ "$(cat "/sys/block/$HEAD/size")" -eq "$1" ]; }
apart() { [ "$(logged "$1: has the id .* of another unit but not its size")" -gt 0 ]; }

run()
{
	local size disk
	mpath_load multipath=on poll_secs=3
	hostile_up
	size=$(cat "/sys/block/$HEAD/size")
	hostile set 2 0 blocks "$size" >/dev/null
	hostile unit 0 blocks $((size * 2)) >/dev/null
	put 1 "/sys/block/${P[1]}/device/rescan"
	within 5 size_is $((size * 2)) && fail "the unit is larger than one of its paths"
	hostile set 2 0 blocks none >/dev/null
	poll 30 size_is $((size * 2)) || fail "the unit has not grown"
	wait_head state online 20

	# The other one, found anew, is still what it was.
	hostile set 2 0 blocks "$size" >/dev/null
	iscsi_logout 2
	iscsi_login 2
	disk=$(path_of 2)
	wait_until 15 apart "$disk"
	hostile set 2 0 blocks none >/dev/null
	poll 30 head_is "$disk" "$HEAD" || fail "$disk is still left alone"
}
