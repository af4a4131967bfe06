#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the link in use goes down and up ten times: no I/O fails, no path is lost"
TIMEOUT=300

# A path that flaps is on probation when it is back.
healths() { local path; for path in "${P[@]}"; do path_get "$path" health; done | sort -u | xargs; }
all_back() { case $(healths) in good | probation | "good probation") ;; *) return 1 ;; esac; }

run()
{
	local i
	unit_up portals=2
	io_start "$HEAD"
	for ((i = 1; i <= 10; i++)); do
		fault_reset "$(busiest)"
		wait_head state degraded
		wait_ios "$HEAD" 50
		fault_clear
		poll 30 all_back || fail "a path does not come back: $(healths)"
	done
	io_finish
	expect_eq "$(paths_of "$HEAD" | wc -l)" 2 "paths"
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_stall 1000
}
