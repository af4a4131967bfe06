#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="ten seconds of transition on every path: I/O waits and none fails"
TIMEOUT=180

run()
{
	local array
	unit_up "groups=1 1"
	lio_group 1 trans_delay_msecs 10000
	io_start "$HEAD"
	lio_alua 1 active/non-optimized &
	array=$!
	wait_path "${P[1]}" access_state transitioning
	wait_path "${P[2]}" access_state transitioning
	wait_head state no-usable-path
	wait_path "${P[1]}" access_state active/non-optimized 30
	wait_ios "$HEAD" 100
	wait_head state online
	wait "$array"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	[ "$LONGEST_GAP_MS" -ge 8000 ] || fail "I/O did not wait: $LONGEST_GAP_MS ms"
	expect_stall 15000 10000
}
