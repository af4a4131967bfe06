#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="of several bios that are chained the first fails: the caller learns of it, though the last went well"
QUICK=1

run()
{
	disks_apart 1 discard=1 memory_backed=1
	unit_up 1
	echo 65536 >"/sys/block/$HEAD/queue/discard_max_bytes" || fail "no discard"
	# Without -f the disk is read first.
	expect_ok blkdiscard -f -l 1M "/dev/$HEAD"
	path_set 1 status medium
	path_set 1 fail 1
	expect_fail blkdiscard -f -l 1M "/dev/$HEAD"
	expect_eq "$(path_get 1 failed)" 1 "bios that failed"
	expect_ok blkdiscard -f -l 1M "/dev/$HEAD"
}
