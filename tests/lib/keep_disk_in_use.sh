#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H3: delayed removal, in use: the disk stays without a path while it is open, as long as I/O is held, and goes with the last close"

opened() { exec 8<"/dev/$HEAD"; }
closed() { exec 8<&-; }

# The last close, just when the last path goes: whoever is second takes it away.
race()
{
	unit_up 1
	expect_ok head_set delayed_removal_secs in-use
	: <"/dev/$HEAD" &
	path_del 1
	wait
	wait_until 5 head_gone
	head_destroy mt
	HEAD=''
}

run()
{
	local pins n
	disks_shared 1
	unit_up 1
	pins=$(refcnt mpath_test)
	expect_ok head_set delayed_removal_secs in-use
	expect_eq "$(head_get delayed_removal_secs)" in-use
	opened
	path_del 1
	expect_eq "$(head_get state)" no-usable-path
	read_held
	# It was open once more, which is not the last close.
	kill -0 "$READER" || fail "a reader was not held"
	path_back 1
	wait "$READER" || fail "a reader got an error although the path came back"
	expect_eq "$(refcnt mpath_test)" $((pins + 1)) "references, one of the open disk"

	# A number takes the place of the word, and is for the disk that is open, too.
	path_del 1
	expect_ok head_set delayed_removal_secs 1000
	closed
	sleep 1
	expect_ok head_exists
	expect_ok head_set delayed_removal_secs in-use
	wait_until 5 head_gone
	wait_until 5 refcnt_is mpath_test "$pins"

	# The time for which I/O is held is that of the disk.
	head_destroy mt
	HEAD=''
	unit_up 1
	expect_ok head_set delayed_removal_secs in-use
	opened
	path_del 1
	sleep 1
	expect_ok head_exists
	expect_ok head_set no_path_timeout 1
	wait_until 5 head_gone
	closed
	wait_until 5 refcnt_is mpath_test "$pins"
	head_destroy mt
	HEAD=''
	for ((n = 0; n < 15; n++)); do
		race
	done
	wait_until 5 refcnt_is mpath_test 0
}
