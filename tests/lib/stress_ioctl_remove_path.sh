#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="ioctls of disk and char device while their paths go, some take away their own: no use after free, no hang"
TIMEOUT=240

again() { path_back "$1"; path_del "$1"; }
anew()
{
	mkdir "$MPATH_TEST/mt/p$1"
	path_set "$1" disk "/dev/${DISK[$1]}"
	path_back "$1"
	rmdir "$MPATH_TEST/mt/p$1"
}
own_ref() { drv_set own_ref $((RANDOM % 2)); drv_set ioctl_ms $((RANDOM % 3)); }

run()
{
	disks_shared 4
	unit_up 1
	path_make 2
	# The unit shall outlive a moment without a path.
	expect_ok head_set delayed_removal_secs 600
	io_start "$HEAD" --iodepth=4
	stress again again 2
	stress anew anew 3
	stress anew4 anew 4
	stress own_ref own_ref
	stress cdev use_file /dev/mtc delete
	stress disk use_file /dev/mt
	stress policies switch_policies
	# An ioctl waits for a path: there is one until the others have ended.
	STRESS_SECONDS=$((STRESS_SECONDS + 15)) stress keep path_back 1
	stress_join
	path_has 1 added 1 || expect_ok path_back 1
	io_running || { cat "$IO_DIR/out"; fail "fio has ended"; }
	wait_ios "$HEAD" 50
	io_finish
	expect_ok head_set delayed_removal_secs 0
	wait_until 5 path_has 1 ioctls 0
}
