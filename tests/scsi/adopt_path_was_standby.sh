#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a path was in standby, and is adopted anew by a unit that has no target port groups: it takes I/O"

NAA=0103001060014050000000010000000000000001

run()
{
	local disk
	mpath_load multipath=always
	iscsi_start
	defer iscsi_stop
	hostile_create portals=1
	iscsi_login
	unit_find
	disk=${P[1]}
	hostile alua 1 standby >/dev/null
	hostile attention 1 0 2a 06 >/dev/null
	nudge "$disk"
	wait_path "$disk" access_state standby
	put release "/sys/block/$disk/device/mpath_unit"
	wait_until 10 no_head "$disk"
	hostile alua 1 active/optimized >/dev/null
	hostile set 1 0 page83 "0083$(printf %04x $((${#NAA} / 2)))$NAA" >/dev/null
	echo 1 >"/sys/block/$disk/device/rescan"
	put adopt "/sys/block/$disk/device/mpath_unit"
	unit_find
	expect_ok timeout 20 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct status=none
}
