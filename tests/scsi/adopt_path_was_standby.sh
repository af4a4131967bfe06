#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a path was in standby, and is adopted anew by a unit that has no target port groups: it takes I/O"

run()
{
	local disk
	mpath_load multipath=always
	hostile_up portals=1
	disk=${P[1]}
	hostile alua 1 standby >/dev/null
	hostile attention 1 0 2a 06 >/dev/null
	nudge "$disk"
	wait_path "$disk" access_state standby
	put release "/sys/block/$disk/device/mpath_unit"
	wait_until 10 no_head "$disk"
	hostile alua 1 active/optimized >/dev/null
	hostile set 1 0 page83 "$(hostile_page "$(hostile_naa 0)")" >/dev/null
	echo 1 >"/sys/block/$disk/device/rescan"
	put adopt "/sys/block/$disk/device/mpath_unit"
	unit_find
	expect_ok timeout 20 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct status=none
}
