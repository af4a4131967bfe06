#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="behind one of two ports a unit is given another LUN, and its old one another unit: the new disk is a path of it, and the unit is as good as before"

run()
{
	local disk
	mpath_load multipath=on poll_secs=3
	hostile_up units=2
	hostile map 1 1 none >/dev/null
	hostile map 1 0 1 >/dev/null
	hostile map 1 5 0 >/dev/null
	hostile_scan 1
	disk=$(hostile_disk 1 5)
	poll 40 head_is "$disk" "$HEAD" || fail "$disk is no path of $HEAD"
	wait_path "$disk" health good
	wait_path "${P[2]}" health good
	expect_eq "$(logged 'two LUNs behind one port')" 0 "twins that are none"
	# And a real one is still found out.
	hostile map 1 6 0 >/dev/null
	hostile_scan 1
	disk=$(hostile_disk 1 6)
	poll 20 two_are_named || fail "$disk was taken for no twin"
	no_head "$disk" || fail "$disk is a path of $(head_of "$disk")"
}

two_are_named() { [ "$(logged 'two LUNs behind one port')" -gt 0 ]; }
