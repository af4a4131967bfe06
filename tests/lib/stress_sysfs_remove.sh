#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="all attributes of the head are read and written while its disk comes and goes: no hang, no oops"
TIMEOUT=240

life()
{
	mkdir "$MPATH_TEST/mt" "$MPATH_TEST/mt/p1" "$MPATH_TEST/mt/p2"
	path_set 1 disk "/dev/${DISK[1]}"
	path_set 2 disk "/dev/${DISK[2]}"
	path_back 1
	path_back 2
	read_head
	path_del 1
	path_del 2
	rmdir "$MPATH_TEST/mt/p1" "$MPATH_TEST/mt/p2" "$MPATH_TEST/mt"
}
touch_all()
{
	cat /sys/block/mt/multipath/* "$MPATH_TEST"/mt/* "$MPATH_TEST"/mt/p*/*
	head_set no_path_timeout $((RANDOM % 3 - 1))
	head_set delayed_removal_secs $((RANDOM % 2))
	switch_policies
	drv_set revalidate 1
}

run()
{
	disks_shared 2
	driver_load
	HEAD=mt
	defer head_destroy mt
	stress life life
	stress one touch_all
	stress two touch_all
	stress_join
	life >"$TMP/out" 2>&1
	expect_fail test -e "$MPATH_TEST/mt"
	wait_until 10 refcnt_is mpath_test 0
}
