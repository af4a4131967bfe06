#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="delayed removal: a path that comes back cancels it, as often as it takes"

run()
{
	local pins n
	disks_shared 2
	unit_up 2
	pins=$(refcnt mpath_test)
	expect_ok head_set delayed_removal_secs "$(slow 5)"
	io_start "$HEAD"
	for n in 1 2 3; do
		path_del 1
		path_del 2
		expect_ok head_exists
		wait_until 5 head_has state no-usable-path
		expect_eq "$(refcnt mpath_test)" $((pins + 2)) "references, one of the open disk"
		path_back $((n % 2 + 1))
		expect_eq "$(refcnt mpath_test)" $((pins + 1)) "references after the return"
		wait_ios "$HEAD" 50
		path_back $((2 - n % 2))
	done
	# Longer than the time of the removals that were cancelled.
	wait_ios "$HEAD" 1
	sleep "$(slow 5).5"
	expect_ok head_exists
	wait_ios "$HEAD" 50
	io_finish
	wait_until 5 refcnt_is mpath_test "$pins"
}
