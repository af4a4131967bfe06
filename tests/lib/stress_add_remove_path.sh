#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="paths come and go under verified I/O: a broken library loses I/O, reads wrong data or uses a path that is freed"
TIMEOUT=240

# One path stays, so that there is always one.
again()
{
	path_set "$1" state "$2"
	path_back "$1"
	read -r -t "0.0$((RANDOM % 9))" <>"$STATE/clock"
	path_del "$1"
}

# Its directory goes as well, and with it its memory.
anew()
{
	mkdir "$MPATH_TEST/$HEAD/p$1"
	path_set "$1" disk "/dev/${DISK[$1]}"
	path_back "$1"
	rmdir "$MPATH_TEST/$HEAD/p$1"
}

run()
{
	disks_shared 4
	unit_up 1
	path_make 2
	path_make 3
	io_start "$HEAD" --iodepth=4
	stress optimized again 2 optimized
	stress nonoptimized again 3 nonoptimized
	stress anew anew 4
	stress policies switch_policies
	stress_join
	io_finish
	expect_eq "$(find "/sys/block/$HEAD/multipath" -type l | wc -l)" 1 "links"
	expect_eq "$(head_get state)" online
	expect_eq "$(head_get failed)" 0 "bios failed"
}
