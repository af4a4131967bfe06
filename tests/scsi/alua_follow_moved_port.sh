#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a port leaves its group, which is gone then: its path follows the group that lists the port now"

run()
{
	local other
	unit_up "states=active/optimized active/non-optimized"
	expect_eq "$(path_get "${P[1]}" tpg)" 1 "group of path 1"
	other=$(lio_units)/alua/default_tg_pt_gp
	put 1 "$other/alua_access_type"
	put "${ALUA_STATE[standby]}" "$other/alua_access_state"
	# LIO takes its ports to the default group.
	rmdir "$(lio_units)/alua/g1" || fail "LIO does not remove a group"
	nudge "${P[1]}"
	# Sense data alone says standby; the group is in the report that follows.
	wait_path "${P[1]}" tpg 0
	wait_path "${P[1]}" access_state standby
	expect_eq "$(path_get "${P[2]}" tpg)" 2 "group of path 2"
	put "${ALUA_STATE[active/optimized]}" "$other/alua_access_state"
	nudge "${P[1]}"
	wait_path "${P[1]}" access_state active/optimized
}
