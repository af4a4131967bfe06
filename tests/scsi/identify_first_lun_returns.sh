#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a LUN is unmapped, another one with the same id takes its place in the unit, and the first one is mapped again: only one of the two is ever written to"

run()
{
	# What leads elsewhere is asked so often.
	mpath_load multipath=on poll_secs=3
	hostile_up portals=1 units=2
	exec 9<>"/dev/$HEAD"
	hostile_replace
	wait_head state degraded 20

	hostile map 1 0 0 >/dev/null
	wait_until 30 left_alone "${P[1]}"
	head_set iopolicy round-robin
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=64 oflag=direct status=none
	exec 9>&-
	hostile_blank 0
	no_head "${P[1]}" || fail "${P[1]} is a path of $(head_of "${P[1]}") beside $DISK"
	[ -n "$(hostile peek 1 0 4096 | tr -d 0)" ] || fail "nothing was written to the LUN that is in use"
}
