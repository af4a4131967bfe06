#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="bios are held while no path is usable: they go on with a path, or fail with time, hope or disk"
QUICK=1


reader_ended() { ! kill -0 "$READER" 2>/dev/null; }

run()
{
	disks_apart 2
	unit_up 2
	expect_ok path_set 1 disabled 1
	wait_head state degraded
	expect_ok path_set 2 state other
	wait_head state no-usable-path
	read_held
	expect_ok path_set 2 state nonoptimized
	wait "$READER" || fail "an error although path 2 came back"
	wait_head state degraded
	expect_ok path_set 2 disabled 1
	read_held
	expect_ok head_set no_path_timeout 1
	wait "$READER" && fail "no error after the hold time"
	wait_head state failed
	expect_fail read_head
	expect_ok head_set no_path_timeout -1
	wait_head state no-usable-path
	read_held
	# No path can come back: nothing to wait for.
	expect_ok path_set 1 available 0
	poll 0.5 reader_ended && fail "given up although path 2 may come back"
	expect_ok path_set 2 available 0
	wait "$READER" && fail "no error although no path can come back"
	expect_ok path_set 2 available 1
	wait_head state no-usable-path
	read_held
	# The disk goes under what is held (B9), with a path there and without.
	expect_ok drv_set remove 1
	wait "$READER" && fail "no error although the disk went"
	expect_ok head_gone
	head_destroy mt
	HEAD=''
	unit_up 2
	expect_ok path_set 1 disabled 1
	expect_ok path_set 2 disabled 1
	read_held
	expect_ok path_del 1
	expect_ok path_del 2
	wait "$READER" && fail "no error although the last path went"
	expect_ok head_gone
}
