#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a bio that a path failed goes down another; an error of the unit, or too many tries, reach the caller"
QUICK=1

run()
{
	disks_apart 2
	unit_up 2
	expect_ok path_set 1 fail 3
	expect_ok read_head
	expect_eq "$(path_get 1 failed)" 3 "failures of path 1"
	# Bios in step with each other may meet the bad path many times: a driver
	# that cares about it disables the path.
	expect_ok drv_set max_tries 1000
	expect_ok head_set iopolicy round-robin
	expect_ok path_set 1 fail -1
	expect_ok read_blocks 4
	expect_ok drv_set max_tries 10
	expect_ok path_set 2 fail -1
	expect_fail read_head
	expect_ok path_set 1 fail 0
	expect_ok path_set 2 fail 1
	expect_ok path_set 2 status medium
	expect_ok path_set 1 disabled 1
	expect_fail read_head
	expect_ok read_head
}
