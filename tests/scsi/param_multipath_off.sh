#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="multipath=off adopts nothing, until it is switched on"

run()
{
	mpath_load multipath=off
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login 1
	wait_until 5 test -b "/dev/$(path_of 1)"
	# A disk of its own tells that the module had its chance at it.
	expect_ok mkfs.ext4 -q "/dev/$(path_of 1)"
	expect_ok no_head "$(path_of 1)"
	echo on >/sys/module/scsi_mpath/parameters/multipath
	iscsi_login 2
	wait_until 10 has_head "$(path_of 2)"
	expect_ok no_head "$(path_of 1)"
}
