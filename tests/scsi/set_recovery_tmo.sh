#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="recovery_tmo is 0 while every disk of a session is a path, and comes back"

tmo() { cat "/sys/class/iscsi_session/$(session_of "$1")/recovery_tmo"; }
tmo_is() { [ "$(tmo "$1")" = "$2" ]; }

run()
{
	unit_up portals=2 luns=2
	wait_until 5 tmo_is 1 0
	wait_until 5 tmo_is 2 0
	# A new login has iscsid set it again from its own settings.
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	fault_clear
	wait_head state online 30
	expect_eq "$(tmo "$A")" 0 "recovery_tmo after a relogin"
	io_finish
	io_kill
	mpath_unload
	expect_eq "$(tmo 1) $(tmo 2)" "120 120" "recovery_tmo after the module"

	# A disk of the session that is nobody's path still needs its time.
	put 1 "/sys/block/$(path_of 1 1)/device/delete"
	expect_ok mount_plain "$(path_of 2 1)"
	mpath_load
	wait_until 10 has_head "${P[1]}"
	wait_until 5 tmo_is 1 0
	expect_eq "$(tmo 2)" 120 "recovery_tmo beside a mounted disk"
	expect_ok umount /mnt
}

mount_plain()
{
	mkfs.ext4 -q "/dev/$1" && mount "/dev/$1" /mnt && defer unmount /mnt
}
