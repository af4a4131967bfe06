#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="readers and writers that are held while their disk goes: each gets an answer, nothing waits for ever"
TIMEOUT=240

# B9: a bio that was queued when nobody would look at the queue again
race()
{
	local n
	mkdir "$MPATH_TEST/mt" "$MPATH_TEST/mt/p1"
	path_set 1 disk "/dev/${DISK[1]}"
	path_back 1
	path_set 1 disabled 1
	for n in 1 2 3 4; do
		dd if=/dev/mt of=/dev/null bs=4k count=8 iflag=direct skip=$((n * 8)) &
	done
	[ $((RANDOM % 2)) -eq 0 ] || read -r -t "0.0$((RANDOM % 9))" <>"$STATE/clock"
	[ $((RANDOM % 4)) -eq 0 ] && { path_set 1 disabled 0; path_set 1 disabled 1; }
	case $((RANDOM % 4)) in
	0) drv_set remove 1 ;;
	1) path_del 1 ;;
	2) rmdir "$MPATH_TEST/mt/p1" ;;
	3) path_set 1 available 0; path_del 1 ;;
	esac
	wait
	rmdir "$MPATH_TEST/mt/p1"
	rmdir "$MPATH_TEST/mt"
}

run()
{
	disks_apart 1
	driver_load
	HEAD=mt
	defer head_destroy mt
	stress race race
	stress_join
	expect_fail test -e "$MPATH_TEST/mt"
	wait_until 5 refcnt_is mpath_test 0
}
