#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a disk that is mounted is left alone, with a word about it; the others are taken"

run()
{
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login 1
	P[1]=$(path_of 1)
	wait_until 5 test -b "/dev/${P[1]}"
	expect_ok mkfs.ext4 -q "/dev/${P[1]}"
	mkdir -p /mnt/plain
	expect_ok mount "/dev/${P[1]}" /mnt/plain
	defer unmount /mnt/plain
	mpath_load
	wait_until 10 left_alone "${P[1]}"
	expect_ok no_head "${P[1]}"
	echo data >/mnt/plain/file
	expect_ok sync -f /mnt/plain/file
	# Another path to what is mounted here is no path to be used behind
	# the file system's back either way; the module must not crash on it.
	iscsi_login 2
	P[2]=$(path_of 2)
	expect_ok grep -q data /mnt/plain/file
	expect_ok umount /mnt/plain
	expect_ok e2fsck -fn "/dev/${P[1]}"
}
