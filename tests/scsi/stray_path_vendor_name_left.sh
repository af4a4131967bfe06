#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="behind a LUN is another unit of the same product, of whose page a vendor's name is all there is: it does not pass for the one that had an NAA as well"

NAA=0103001060014050000000010000000000000001
T10=0201000e$(printf 'HOSTILE TARGET' | od -An -tx1 | tr -d ' \n')

is_out() { no_head "$1" || path_has "$1" health stray; }

run()
{
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create portals=1 units=2
	hostile set 1 0 page83 "$(hostile_page "$NAA$T10")" >/dev/null
	iscsi_login
	unit_find
	# As long as the unit is open its path waits there.
	exec 9<>"/dev/$HEAD"
	hostile map 1 0 1 >/dev/null
	hostile set 1 0 page83 "$(hostile_page "$T10")" >/dev/null
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
	wait_until 15 is_out "${P[1]}"
	expect_eq "$(logged "path ${P[1]} leads to another unit now [(]t10[.]")" 1 "lines in the log"
	expect_fail timeout 20 dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
	exec 9>&-
	hostile_blank 1
}
