#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="with delayed_removal_secs a unit outlives the logout of all its sessions, and its I/O goes on after the login"

users() { cat /sys/module/scsi_mpath/refcnt; }

run()
{
	local node before
	unit_up portals=2
	before=$(users)
	head_set delayed_removal_secs 100
	node=$(stat -c %t:%T "/dev/$HEAD")
	io_start "$HEAD"
	iscsi_logout 1 2
	poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"
	wait_head state no-usable-path
	io_running || fail "the I/O ended"
	iscsi_login
	unit_find
	wait_head state online
	wait_ios "$HEAD" 100
	io_finish
	expect_eq "$(stat -c %t:%T "/dev/$HEAD")" "$node" "the disk's number"
	expect_eq "$(users)" "$before" "users of the module"
	head_set delayed_removal_secs 0
}
