#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a partition of the unit carries a file system through a failover and a new scan"

run()
{
	unit_up portals=2
	printf 'label: gpt\nsize=40M\nsize=10M\n' |
		sfdisk -q "/dev/$HEAD" || fail "no partition table"
	wait_until 10 test -b "/dev/${HEAD}1"
	wait_until 10 test -b "/dev/${HEAD}2"
	expect_ok mkfs.ext4 -q "/dev/${HEAD}1"
	expect_ok mount "/dev/${HEAD}1" /mnt
	defer unmount /mnt
	fail_over_file /mnt/file
	expect_ok umount /mnt
	expect_ok e2fsck -fn "/dev/${HEAD}1"
	# The unit made anew finds its partitions by itself.
	iscsi_logout 1 2
	iscsi_login
	unit_find
	wait_until 10 test -b "/dev/${HEAD}2"
	expect_ok e2fsck -fn "/dev/${HEAD}1"
}
