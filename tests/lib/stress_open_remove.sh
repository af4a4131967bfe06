#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="open, read, ioctl and close of disk and char device against removal: no use after free, no reference lost"
TIMEOUT=240

# Both files outlive the unit now and then, and the driver's own object too.
life()
{
	HEAD=mt
	mkdir "$MPATH_TEST/mt" "$MPATH_TEST/mt/p1"
	path_set 1 disk "/dev/${DISK[1]}"
	path_back 1
	read -r -t "0.$((RANDOM % 3))" <>"$STATE/clock"
	[ $((RANDOM % 2)) -eq 0 ] || path_del 1
	rmdir "$MPATH_TEST/mt/p1"
	rmdir "$MPATH_TEST/mt"
}

run()
{
	disks_apart 1
	driver_load
	defer head_destroy mt
	stress life life
	stress disk use_file /dev/mt
	stress cdev use_file /dev/mtc
	stress_join
	expect_fail test -e "$MPATH_TEST/mt"
	wait_until 10 refcnt_is mpath_test 0
	driver_unload
}
