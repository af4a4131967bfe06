#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a whole unit goes and comes back, three times, with its data"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }
sum() { dd if="/dev/$HEAD" bs=1M count=4 iflag=direct 2>/dev/null | md5sum; }

run()
{
	local i id want
	unit_up portals=2
	id=$(cat "/sys/block/$HEAD/vpd_id")
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=1M count=4 oflag=direct
	want=$(sum)
	for i in 1 2 3; do
		iscsi_logout 1 2
		wait_until 10 no_unit
		iscsi_login
		unit_find
		wait_head state online
		expect_eq "$(cat "/sys/block/$HEAD/vpd_id")" "$id" "vpd_id, round $i"
		expect_eq "$(sum)" "$want" "data, round $i"
	done
}
