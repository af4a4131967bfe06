#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the module unloads only when no disk of its is open, and leaves nothing behind"
QUICK=1

refcnt() { cat "/sys/module/$1/refcnt"; }
refcnt_is() { [ "$(refcnt "$1")" -eq "$2" ]; }
no_disks() { ! ls /sys/bus/scsi/drivers/sd/*:* >/dev/null 2>&1; }

run()
{
	local n before
	modprobe -a sd_mod iscsi_tcp
	before=$(refcnt sd_mod)
	unit_up portals=2
	exec 8<"/dev/$HEAD"
	expect_fail modprobe -r scsi_mpath
	expect_ok dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
	exec 8<&-
	for n in 1 2; do
		mpath_unload
		expect_fail test -e "/sys/block/$HEAD"
		# Whoever wants a path for himself can have it again.
		expect_ok mkfs.ext4 -q "/dev/${P[1]}"
		mpath_load
		unit_find
	done
	mpath_unload
	wait_until 5 refcnt_is sd_mod "$before"
	iscsi_logout 1 2
	wait_until 10 no_disks
	wait_until 5 modprobe -r scsi_dh_mpath libmultipath
}
