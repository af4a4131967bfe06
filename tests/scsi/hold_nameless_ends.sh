#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="no path names the unit, and the nexus reports a change again and again: I/O is held for no_path_timeout, and not longer"

run()
{
	local writer other
	mpath_load multipath=on poll_secs=3 no_path_timeout=10
	hostile_up portals=1 units=2
	other=$(path_of 1 1)
	hostile set 1 0 page83 00830000 >/dev/null
	hostile rule 1 0 12 delay 300 >/dev/null
	hostile attention 1 0 3f 03 >/dev/null
	nudge "${P[1]}"
	wait_head state no-usable-path 20
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none 2>/dev/null &
	writer=$!
	poll 30 reports_until_it_ends || fail "the write is held for ever"
	wait "$writer" && fail "the write has succeeded"
	wait_head state failed 10
}

reports_until_it_ends()
{
	kill -0 "$writer" 2>/dev/null || return 0
	hostile attention 1 1 3f 0e >/dev/null
	nudge "$other"
	read -r -t 3 <>"$STATE/clock"
	return 1
}
