#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a LUN that was unmapped is back while the one that has taken its place in the unit is in doubt: the unit stays with the one that was in use"

run()
{
	mpath_load multipath=on poll_secs=3
	hostile_up portals=1 units=2
	exec 9<>"/dev/$HEAD"
	hostile_replace
	wait_path "$DISK" health good

	# It takes its time to say what it leads to; the other one is probed meanwhile.
	hostile rule 1 5 12 delay 4000 >/dev/null
	hostile attention 1 5 3f 0e >/dev/null
	hostile map 1 0 0 >/dev/null
	nudge "$DISK"
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=64 oflag=direct status=none &
	read -r -t 8 <>"$STATE/clock"
	hostile obey 1 >/dev/null
	wait $! || fail "the write has failed"
	poll 15 head_is "$DISK" "$HEAD" || fail "$DISK has lost its place"
	wait_path "$DISK" health good 20
	no_head "${P[1]}" || fail "${P[1]} is a path of $(head_of "${P[1]}") beside $DISK"
	exec 9>&-
	hostile_blank 0
}
