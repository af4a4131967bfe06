#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="delayed removal: what is no number of seconds is EINVAL and changes nothing"

run()
{
	local bad file
	disks_apart 1
	unit_up 1
	file=/sys/block/$HEAD/multipath/delayed_removal_secs
	expect_ok head_set delayed_removal_secs 7
	for bad in -1 -2147483648 4294967296 4294967295 2147483648 99999999999999999999 \
		'' x 1x '1 2' 0x10 1.5; do
		expect_errno EINVAL "$bad" "$file"
		expect_eq "$(head_get delayed_removal_secs)" 7 "after '$bad', the seconds"
	done
	# The last that fits, which must not have come round to a short time.
	expect_ok head_set delayed_removal_secs 2000000
	expect_ok path_del 1
	sleep 1
	expect_ok head_exists
	for bad in -1 4294967296 x; do
		expect_errno EINVAL "$bad" "$file"
	done
	expect_ok head_exists
	expect_ok head_set delayed_removal_secs 0
	wait_until 5 head_gone

	# A driver that has no use for it does not show it.
	head_destroy mt
	head_make mt omit=remove_head
	path_up 1
	expect_fail test -e "$file"
	expect_ok path_del 1
	expect_ok head_gone
}
