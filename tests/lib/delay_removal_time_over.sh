#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="delayed removal: the disk stays until its time is over, then goes by itself"
QUICK=1

run()
{
	local pins
	disks_apart 1
	unit_up 1
	pins=$(refcnt mpath_test)
	expect_eq "$(head_get delayed_removal_secs)" 0 "default"
	expect_ok head_set delayed_removal_secs "$(slow 5)"
	expect_ok path_del 1
	expect_ok head_exists
	expect_eq "$(head_get state)" no-usable-path "state while the removal is pending"
	expect_eq "$(refcnt mpath_test)" $((pins + 1)) "references to the driver meanwhile"
	wait_until 15 head_gone
	wait_until 5 refcnt_is mpath_test "$pins"
	expect_fail test -e "/dev/$HEAD"
}
