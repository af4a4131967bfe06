#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="behind a path that has a little to do all the time the LUN is given to another unit, and nobody tells: it is found out with a poll"

trickle()
{
	while :; do
		dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct conv=nocreat status=none 2>/dev/null
		read -r -t 0.2 <>"$STATE/clock"
	done
}

run()
{
	mpath_load multipath=on poll_secs=3
	hostile_up portals=1 units=2
	trickle &
	defer kill $!
	hostile map 1 0 1 >/dev/null
	wait_until 10 strayed
}

strayed() { [ "$(logged "path ${P[1]} leads to another unit now")" -gt 0 ]; }
