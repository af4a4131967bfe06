#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H1: the hold time is over, a path comes back, takes a bio and is lost before anybody has noticed: the time begins anew"
QUICK=1

reader_ended() { ! kill -0 "$READER" 2>/dev/null; }

run()
{
	disks_shared 1
	unit_up 1
	expect_ok head_set no_path_timeout 2
	expect_ok path_set 1 disabled 1
	wait_head state failed
	expect_fail read_head

	expect_ok path_set 1 fail 1
	expect_ok path_set 1 usable_once 1
	read_head &
	READER=$!
	wait_until 5 path_has 1 failed 1
	within 1 reader_ended && fail "a read failed with the path that it was given"
	expect_eq "$(head_get state)" no-usable-path
	expect_ok path_set 1 disabled 0
	wait "$READER" || fail "a read failed though its path came back"

	# It ends as well.
	expect_ok path_set 1 disabled 1
	wait_head state failed
	expect_ok path_set 1 fail 1
	expect_ok path_set 1 usable_once 1
	expect_fail read_head
	wait_head state failed
}
