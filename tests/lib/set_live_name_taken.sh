#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a disk whose name is taken does not come to life, and the head can be taken away"
# The driver core says so, with a stack.
DMESG_ALLOW="sysfs: cannot create duplicate filename|kobject_add_internal failed"

run()
{
	disks_apart 2
	head_make "${DISK[2]}"
	path_make 1
	expect_ok path_add 1
	expect_errno EEXIST 1 "$MPATH_TEST/$HEAD/p1/live"
	# The block layer takes no disk twice: the next path must not try.
	expect_errno ENODEV 1 "$MPATH_TEST/$HEAD/p1/live"
	expect_ok path_del 1
	head_destroy "$HEAD"
	expect_eq "$(refcnt mpath_test)" 0 "references to the driver"
	# The disk that has the name works.
	expect_ok dd if="/dev/${DISK[2]}" of=/dev/null bs=4k count=1 status=none
}
