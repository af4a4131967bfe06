#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the preferred bit breaks ties among groups of one state, and nothing more"

run()
{
	local n
	unit_up portals=3 "states=active/optimized active/optimized active/non-optimized"
	lio_group 2 preferred 1
	lio_group 3 preferred 1
	# PREF raises no unit attention; changing the state of a group does.
	lio_alua 1 active/non-optimized
	lio_alua 1 active/optimized
	nudge "${P[1]}"
	wait_path "${P[2]}" preferred 1
	wait_path "${P[3]}" preferred 1
	expect_eq "$(path_get "${P[1]}" preferred)" 0
	for n in 1 2 3; do
		expect_eq "$(path_get "${P[n]}" health)" good
	done
	expect_eq "$(path_get "${P[2]}" access_state)" active/optimized
	wait_head state online
	io_start "$HEAD"
	wait_traffic 2
	# A preferred group that is not optimized stands behind any that is.
	fault_reset 2
	wait_traffic 1
	fault_reset 1
	wait_traffic 3
	fault_clear
	wait_traffic 2
	io_finish
}
