#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="nobody else can write to, mount or claim an adopted path"

run()
{
	local disk
	unit_up portals=2
	expect_ok mkfs.ext4 -q "/dev/$HEAD"
	for disk in "${P[@]}"; do
		expect_fail mkfs.ext4 -q "/dev/$disk"
		expect_fail mkfs.xfs -f "/dev/$disk"
		expect_fail mount "/dev/$disk" /mnt
		expect_fail dmsetup create thief \
			--table "0 2048 linear /dev/$disk 0"
		# Reading, and the commands of an admin's tools, remain possible.
		expect_ok dd if="/dev/$disk" of=/dev/null bs=4k count=1 iflag=direct
		expect_ok sg_inq "/dev/$disk"
	done
	expect_ok mount "/dev/$HEAD" /mnt
	expect_ok umount /mnt
}
