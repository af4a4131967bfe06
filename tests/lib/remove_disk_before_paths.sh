#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a disk that is removed while a path is there goes once, and the path can go after it"

run()
{
	disks_apart 2
	unit_up 2
	expect_ok drv_set remove 1
	expect_ok head_gone
	expect_errno ENODEV 1 "$MPATH_TEST/$HEAD/p1/live"
	expect_ok path_del 1
	expect_ok path_del 2
	expect_ok drv_set remove 1
}
