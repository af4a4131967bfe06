#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I8: a disk without ALUA that leads to a unit which exists is a path of it, whichever came first"

run()
{
	local n
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	put 0 "$(lio_units)/alua/g2/alua_access_type"
	iscsi_login 1
	wait_until 10 is_path "$(path_of 1)"
	iscsi_login 2
	unit_find
	expect_eq "$(path_get "${P[2]}" tpg)" -1 "its target port group"
	wait_path "${P[2]}" health good
	wait_head state online

	for n in 1 2; do iscsi_logout "$n"; done
	iscsi_login 2
	within 3 has_head "$(path_of 2)" && fail "$(path_of 2) alone has become a unit"
	iscsi_login 1
	unit_find
	wait_head state online
}
