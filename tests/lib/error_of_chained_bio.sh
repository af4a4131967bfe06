#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="of several bios that are chained the first fails: the caller learns of it, though the last went well"
QUICK=1

# What cannot be zeroed by a command is written, 1 MiB with each bio.
zero() { blkdiscard -f -z -l 4M "/dev/$HEAD"; }

run()
{
	disks_apart 1
	unit_up 1
	expect_eq "$(cat "/sys/block/$HEAD/queue/write_zeroes_max_bytes")" 0 "what a command zeroes"
	expect_ok zero
	path_set 1 status medium
	path_set 1 fail 1
	expect_fail zero
	expect_eq "$(path_get 1 failed)" 1 "bios that failed"
	expect_ok zero
}
