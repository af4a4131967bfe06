#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="no policy sends I/O to a non-optimized path while an optimized one is usable"

run()
{
	local policy
	unit_up portals=4 "groups=1 1 2 2" "states=active/optimized active/non-optimized"
	io_start "$HEAD"
	for policy in numa round-robin queue-depth; do
		expect_ok head_set iopolicy "$policy"
		# What was under way by the old policy.
		traffic 50
		traffic 400
		expect_eq "${D[3]} ${D[4]}" "0 0" "$policy: I/O of the non-optimized"
		[ "$policy" = numa ] || [ $((D[1] * D[2])) -gt 0 ] ||
			fail "$policy: ${D[1]} and ${D[2]}"
	done
	# And among the non-optimized, when nothing else is left.
	lio_alua 1 unavailable
	wait_traffic 3 4
	io_finish
}
