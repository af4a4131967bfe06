#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="SG_IO in an outage that nobody has noticed on the idle path: it waits for a path as I/O does"

asker_ended() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local asker
	NOP=30
	unit_up "states=active/optimized active/non-optimized"
	expect_ok read_block
	# Path 2 is idle, and takes over from path 1.
	sleep 2
	fault_drop 2
	fault_reset 1
	nudge "${P[1]}" &
	wait_path "${P[1]}" health blocked
	sg_inq "/dev/$HEAD" >"$TMP/answer" 2>&1 &
	asker=$!
	# The question for its unit has no answer, after ten seconds.
	within 15 asker_ended "$asker" && fail "SG_IO ended in an outage: $(cat "$TMP/answer")"
	fault_clear
	wait "$asker" || fail "SG_IO failed though the paths came back: $(cat "$TMP/answer")"
}
