#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="delayed removal against paths that come back: the disk goes once or not at all, references balance"
TIMEOUT=240

# It is time for the removal when the path comes back.
race()
{
	head_exists || {
		rmdir "$MPATH_TEST/mt/p1" "$MPATH_TEST/mt/p2" "$MPATH_TEST/mt"
		mkdir "$MPATH_TEST/mt" "$MPATH_TEST/mt/p1" "$MPATH_TEST/mt/p2"
		path_set 1 disk "/dev/${DISK[1]}"
		path_set 2 disk "/dev/${DISK[2]}"
		path_back 1
		path_back 2
	}
	head_set delayed_removal_secs 1
	path_del 1
	path_del 2
	read_head &
	case $((RANDOM % 3)) in
	0) read -r -t "0.9$((RANDOM % 10))" <>"$STATE/clock" ;;
	1) read -r -t "1.0$((RANDOM % 9))" <>"$STATE/clock" ;;
	2) head_set delayed_removal_secs 0 & ;;
	esac
	path_back 1
	path_back 2
	# It waits for ever unless it is sent on or failed.
	wait
}

# Each write puts off a removal that is pending.
now_and_then()
{
	read -r -t "$((RANDOM % 3)).$((RANDOM % 10))" <>"$STATE/clock"
	head_set delayed_removal_secs 1
}

run()
{
	local pins
	disks_shared 2
	unit_up 2
	pins=$(refcnt mpath_test)
	stress race race
	stress sysfs now_and_then
	stress_join
	head_set delayed_removal_secs 0
	wait_until 10 refcnt_is mpath_test "$pins"
	head_destroy mt
	wait_until 5 refcnt_is mpath_test 0
}
