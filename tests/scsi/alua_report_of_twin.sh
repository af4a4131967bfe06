#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I6: two targets with one unit and the same numbers of groups do not tell of each other's states"
TWIN=iqn.2003-01.org.example:twin

# shellcheck disable=SC2034 # lio.sh and iscsi.sh read it
twin_create()
{
	local LIO_IQN=$TWIN lun
	mkdir "$LIO/iscsi/$TWIN" || fail "LIO refused the second target"
	defer twin_destroy
	lio_make_portal 2 1
	lun=$(lio_tpg 2)/lun
	rm "$lun/lun_0/unit" "$lun/lun_1/unit"
	rmdir "$lun/lun_1"
	ln -s "$LIO/core/rd_mcp_0/unit1" "$lun/lun_0/unit"
	put g1 "$lun/lun_0/alua_tg_pt_gp"
}

# shellcheck disable=SC2034
twin_destroy()
{
	local LIO_IQN=$TWIN tpg
	tpg=$(lio_tpg 2)
	iscsi_logout
	echo 0 2>/dev/null >"$tpg/enable"
	rm -f "$tpg/lun/lun_0/unit"
	rmdir "$tpg"/np/* "$tpg"/lun/lun_* "$tpg" "$LIO/iscsi/$TWIN"
}

# shellcheck disable=SC2034
run()
{
	local n
	mpath_load multipath=on poll_secs=1
	iscsi_start
	defer iscsi_stop
	lio_create portals=1 luns=2 serial=4711000000000000000000000000abcd
	defer lio_destroy
	lio_unmap 1 1
	rmdir "$(lio_tpg 1)/lun/lun_1"
	twin_create
	LIO_LUNS=1
	iscsi_login 1
	LIO_IQN=$TWIN iscsi_login 2
	LIO_PORTALS=2
	unit_find
	for n in 1 2; do wait_path "${P[n]}" access_state active/optimized; done

	commands_begin "$RTPG"
	put "${ALUA_STATE[standby]}" "$LIO/core/rd_mcp_0/unit0/alua/g1/alua_access_state"
	nudge "${P[1]}"
	wait_path "${P[1]}" access_state standby
	wait_until 20 commands_reached "$RTPG" 8
	expect_eq "$(path_get "${P[1]}" access_state)" standby
	expect_eq "$(path_get "${P[2]}" access_state)" active/optimized
	expect_eq "$(logged "path ${P[2]} is standby")" 0 "times that the second target was taken for the first"
	expect_eq "$(logged "path ${P[1]} is active")" 0 "times that the first target was taken for the second"
}
