#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a report with more groups than there is room for is asked for again, whole; a port moves to the last group"
TIMEOUT=240
LAST=66

# More ports of the target, that nobody can reach: two for each further group.
add_groups()
{
	local unit alua n lun
	unit=$(lio_units)
	mkdir "$(lio_tpg 3)"
	for ((n = 3; n <= LAST; n++)); do
		alua=$unit/alua/g$n
		mkdir "$alua"
		put "$n" "$alua/tg_pt_gp_id"
		put 1 "$alua/alua_access_type"
		for lun in "$(lio_tpg 3)/lun/lun_$n" "$(lio_tpg 3)/lun/lun_$((n + LAST))"; do
			mkdir "$lun"
			ln -s "$unit" "$lun/unit"
			put "g$n" "$lun/alua_tg_pt_gp"
		done
	done
}

run()
{
	mpath_load multipath=on poll_secs=2
	unit_up "states=active/optimized active/non-optimized"
	commands_begin "$RTPG"
	add_groups
	# LIO reports groups that have ports, in the order of their making, in 16
	# bytes: this one stands behind the first kilobyte.
	put "${ALUA_STATE[standby]}" "$(lio_units)/alua/g$LAST/alua_access_state"
	put "g$LAST" "$(lio_tpg 2)/lun/lun_0/alua_tg_pt_gp"
	wait_path "${P[2]}" tpg "$LAST"
	wait_path "${P[2]}" access_state standby
	wait_path "${P[1]}" access_state active/optimized
	grep -q "raw=a3 2a 00 00 00 00 00 00 0[5-9]" "$TRACING/trace" ||
		fail "no report with more room was asked for"
}
