#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="thirty seconds of transition on every path: I/O waits and none fails"
TIMEOUT=180

run()
{
	wait_transition 30 no-usable-path
	[ "$LONGEST_GAP_MS" -ge 28000 ] || fail "I/O did not wait: $LONGEST_GAP_MS ms"
}
