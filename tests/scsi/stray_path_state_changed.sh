#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I3: a LUN is given to another unit, and all that its path hears of it is that an access state has changed: it is asked for its unit"

run()
{
	local lun group
	unit_up luns=2
	unit_find 1
	lun=$(lio_tpg 2)/lun/lun_1
	group=$LIO/core/rd_mcp_0/unit0/alua/default_tg_pt_gp
	put 1 "$group/alua_access_type"
	lio_unmap 2 1
	# In the default group, and without any other condition for it.
	ln -s "$LIO/core/rd_mcp_0/unit0" "$lun/unit" || fail "LIO does not map unit 0"
	put "${ALUA_STATE[active/non-optimized]}" "$group/alua_access_state"
	nudge "${P[2]}"
	wait_until 10 no_head "${P[2]}"
	expect_eq "$(path_get "${P[1]}" health)" good
	expect_eq "$(logged "path ${P[2]} leads to another unit now")" 1 "lines in the log"
}
