#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="delayed removal: a new time counts for one that is pending, 0 ends it at once"

run()
{
	local pins
	disks_apart 1
	unit_up 1
	pins=$(refcnt mpath_test)
	expect_ok head_set delayed_removal_secs 1000
	expect_ok path_del 1
	expect_ok head_set delayed_removal_secs 500
	expect_ok head_exists
	expect_eq "$(refcnt mpath_test)" $((pins + 1)) "references to the driver"
	expect_ok head_set delayed_removal_secs 0
	wait_until 5 head_gone
	wait_until 5 refcnt_is mpath_test "$pins"

	# A longer time put in front of a short one.
	head_destroy mt
	HEAD=''
	unit_up 1
	expect_ok head_set delayed_removal_secs "$(slow 3)"
	expect_ok path_del 1
	expect_ok head_set delayed_removal_secs 600
	sleep "$(slow 3).5"
	expect_ok head_exists
	# The directory of the head goes: the driver tears it down at once.
	head_destroy mt
	expect_ok head_gone
	expect_eq "$(refcnt mpath_test)" 0 "references to the driver"
}
