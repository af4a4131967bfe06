#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="the LUN is given to another unit that has the same SCSI name string and another NAA: its disk becomes a path of that one, once"

NAME=0308000c$(printf 'UNIT-IS-SAME' | od -An -tx1 | tr -d ' \n')

run()
{
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create portals=1 units=2
	hostile set 1 0 page83 "$(hostile_page "$NAME" "$(hostile_naa 0)")" >/dev/null
	iscsi_login
	unit_find
	exec 9<>"/dev/$HEAD"
	hostile map 1 1 none >/dev/null
	hostile map 1 0 1 >/dev/null
	hostile set 1 0 page83 "$(hostile_page "$NAME" "$(hostile_naa 1)")" >/dev/null
	hostile attention 1 0 3f 03 >/dev/null
	nudge "${P[1]}"
	wait_until 20 path_has "${P[1]}" health stray
	exec 9>&-
	put 1 "/sys/block/${P[1]}/device/rescan"
	poll 30 elsewhere || fail "${P[1]} is a path of $(head_of "${P[1]}")"
	wait_path "${P[1]}" health good
	expect_le "$(logged "path ${P[1]} added")" 3 "how often it was made a path"
}

elsewhere() { has_head "${P[1]}" && path_has "${P[1]}" health good; }
