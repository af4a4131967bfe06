#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a head comes with its first path, goes with its last, and carries I/O meanwhile"
QUICK=1

run()
{
	local pins
	disks_shared 2
	head_make mt
	path_make 1
	path_make 2
	pins=$(refcnt mpath_test)
	path_back 1
	path_back 2
	expect_eq "$(find "/sys/block/$HEAD/multipath" -name 'dm-*' | wc -l)" 2 "links to paths"
	expect_eq "$(head_get state)" online
	expect_eq "$(cat "/sys/block/$HEAD/size")" 131072 "size"
	io_start "$HEAD"
	wait_ios "$HEAD" 100
	expect_ok path_del 1
	expect_fail test -e "/sys/block/$HEAD/multipath/${DISK[1]}"
	wait_ios "$HEAD" 100
	expect_ok path_back 1
	wait_ios "$HEAD" 100
	expect_ok path_del 2
	wait_ios "$HEAD" 100
	io_finish
	expect_ok path_del 1
	expect_ok head_gone
	expect_fail test -e "/dev/$HEAD"
	expect_eq "$(refcnt mpath_test)" "$pins" "references to the driver"
}
