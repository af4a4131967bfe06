#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the link in use goes down and up twenty times: no I/O fails, no path is lost"
TIMEOUT=300

run()
{
	local i
	unit_up portals=2
	io_start "$HEAD"
	for ((i = 1; i <= 20; i++)); do
		fault_reset "$(busiest)"
		wait_head state degraded
		wait_ios "$HEAD" 50
		fault_clear
		wait_head state online 30
	done
	io_finish
	expect_eq "$(paths_of "$HEAD" | wc -l)" 2 "paths"
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_stall 1000
}
