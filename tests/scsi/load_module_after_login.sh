#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the module finds the disks that were there before it"

run()
{
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login
	mpath_load
	unit_find
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	io_finish
	expect_stall 500
	# The target goes before the module does: see the other way round, too.
	io_kill
	fault_clear
	lio_destroy
	mpath_unload
}
