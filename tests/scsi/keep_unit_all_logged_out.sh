#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H3: a unit that is open outlives the logout of all its sessions, is found again under its name, and goes with the last close"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }
no_user() { [ "$(cat /sys/module/scsi_mpath/refcnt)" -eq 0 ]; }
log_out() { iscsi_logout 1 2; poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"; }

run()
{
	local name node
	unit_up portals=2
	name=$HEAD node=$(stat -c %t:%T "/dev/$HEAD")
	expect_eq "$(head_get delayed_removal_secs)" in-use "default"
	expect_ok unit_set failback 17

	# It holds I/O.
	io_start "$HEAD"
	log_out
	wait_head state no-usable-path
	io_running || fail "the I/O ended"
	iscsi_login
	unit_find
	wait_head state online
	wait_ios "$HEAD" 100
	io_finish
	expect_eq "$HEAD $(stat -c %t:%T "/dev/$HEAD")" "$name $node" "name and number"
	expect_eq "$(unit_get failback)" 17 "failback of the unit that was found again"

	# It is open, and nothing more. The last close ends it, not a second later.
	exec 8<"/dev/$HEAD"
	expect_ok head_set no_path_timeout -1
	log_out
	expect_fail modprobe -r scsi_mpath
	[ "$(head_get state)" = no-usable-path ] || fail "state $(head_get state)"
	exec 8<&-
	wait_until 5 no_unit
	wait_until 5 no_user
}
