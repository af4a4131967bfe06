#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="ten seconds of transition on every path, where I/O is held for one second only: it waits for the transition all the same"
TIMEOUT=180

run()
{
	mpath_load multipath=on no_path_timeout=1
	wait_transition 10 no-usable-path
	[ "$LONGEST_GAP_MS" -ge 8000 ] || fail "I/O did not wait: $LONGEST_GAP_MS ms"
	# Nothing has kept I/O from being failed but the transition.
	lio_alua 1 standby
	nudge "${P[1]}"
	nudge "${P[2]}"
	wait_head state failed
}
