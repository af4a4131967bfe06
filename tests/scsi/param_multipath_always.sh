#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a disk without ALUA is left to others, and taken with multipath=always"

untouched() { ! ls -d /sys/block/mpath* 2>/dev/null; }

run()
{
	mpath_load
	iscsi_start
	defer iscsi_stop
	lio_create portals=2 tpgs=0
	defer lio_destroy
	iscsi_login
	expect_ok mkfs.ext4 -q "/dev/$(path_of 1)"
	expect_ok mkfs.ext4 -q "/dev/$(path_of 2)"
	expect_ok untouched
	mpath_unload

	mpath_load multipath=always
	unit_find
	wait_head state online
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	io_finish
}
