#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="set_live against the removal of the disk: no disk, link or reference is left over, nothing hangs"
TIMEOUT=240

# A unit that is set live by two paths while its disk goes, in any order.
race()
{
	local dir=$MPATH_TEST/$1
	mkdir "$dir" "$dir/p1" "$dir/p2"
	write "/dev/${DISK[$2]}" "$dir/p1/disk"
	write "/dev/${DISK[$3]}" "$dir/p2/disk"
	write 1 "$dir/p1/added"
	write 1 "$dir/p2/added"
	write 1 "$dir/p1/live" &
	write 1 "$dir/p2/live" &
	[ $((RANDOM % 2)) -eq 0 ] || read_of "$1"
	case $((RANDOM % 3)) in
	0) write 1 "$dir/remove" ;;
	1) write 0 "$dir/p1/added" & write 0 "$dir/p2/added" ;;
	2) write 0 "$dir/p1/added" & write 1 "$dir/remove" ;;
	esac
	wait
	rmdir "$dir/p1" "$dir/p2" "$dir"
}

read_of() { dd if="/dev/$1" of=/dev/null bs=4k count=1 iflag=direct; }

run()
{
	disks_apart 4
	driver_load
	defer head_destroy m1
	defer head_destroy m2
	stress first race m1 1 2
	stress second race m2 3 4
	stress_join
	expect_fail test -e "$MPATH_TEST/m1"
	expect_fail test -e "$MPATH_TEST/m2"
	expect_fail test -e /sys/block/m1
	expect_fail test -e /sys/block/m2
	wait_until 5 refcnt_is mpath_test 0
}
