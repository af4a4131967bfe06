#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a file system whose every path is gone can be unmounted once I/O fails"

run()
{
	local syncer
	unit_up portals=2
	expect_ok mkfs.ext4 -q "/dev/$HEAD"
	mkdir -p /mnt/unit
	expect_ok mount "/dev/$HEAD" /mnt/unit
	defer unmount /mnt/unit
	echo data >/mnt/unit/file
	sync
	expect_ok head_set no_path_timeout -1
	fault_all reset
	echo more >/mnt/unit/file
	timeout 30 sync -f /mnt/unit/file &
	syncer=$!
	wait_head state no-usable-path 15
	# Held for ever: the way out is to give up the wait, at run time.
	expect_ok head_set no_path_timeout 0
	wait_head state failed
	# It has the file open, and ends with an error.
	wait "$syncer" && fail "what was written late is said to be on the disk"
	expect_ok timeout 20 umount /mnt/unit
	fault_clear
	wait_head state online 30
	# 1 is for "all errors corrected": the last writes never arrived.
	e2fsck -fy "/dev/$HEAD"
	expect_le $? 1 "status of e2fsck"
}
