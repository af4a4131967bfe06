#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="I/O is held while a removal is delayed; it goes on with a path, or fails with the disk"

run()
{
	local n
	disks_shared 1
	unit_up 1
	expect_ok head_set delayed_removal_secs 60
	# While the last path is about to leave, as well as when it has left.
	expect_ok path_set 1 disabled 1
	expect_ok path_set 1 available 0
	read_held
	kill -0 "$READER" || fail "a reader was not held while the path left"
	expect_ok path_set 1 disabled 0
	wait "$READER" || fail "a reader got an error although the path stayed"
	expect_ok path_set 1 available 1
	expect_ok path_del 1
	# One reader at a time, so that each has to start the list anew.
	for n in 1 2 3; do
		read_held
		kill -0 "$READER" || fail "reader $n was not held"
		expect_ok path_back 1
		wait "$READER" || fail "reader $n got an error although the path came back"
		expect_ok path_del 1
	done
	read_held
	expect_ok head_set delayed_removal_secs 0
	wait "$READER" && fail "a read without a path succeeded"
	wait_until 5 head_gone
}
