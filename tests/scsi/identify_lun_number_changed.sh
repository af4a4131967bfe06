#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a unit that is open and idle is given another LUN: the new disk is a path of it as soon as the old one has said that it is none"

run()
{
	local disk
	hostile_up portals=1
	# So it stays, and I/O would find it by the old LUN.
	exec 9<>"/dev/$HEAD"
	hostile map 1 0 none >/dev/null
	hostile map 1 5 0 >/dev/null
	hostile_scan 1
	disk=$(hostile_disk 1 5)
	poll 30 head_is "$disk" "$HEAD" || fail "$disk is no path of $HEAD"
	wait_path "$disk" health good
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
	exec 9>&-
	[ -n "$(hostile peek 0 0 4096 | tr -d 0)" ] || fail "nothing was written to the unit"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
