#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="when delayed_removal_secs are over, or set to 0, the unit goes and what waited fails"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }
users() { cat /sys/module/scsi_mpath/refcnt; }
users_are() { [ "$(users)" -eq "$1" ]; }
refused() { ! echo "$1" 2>/dev/null >"/sys/block/$HEAD/multipath/delayed_removal_secs"; }

run()
{
	local bad before
	unit_up portals=2
	for bad in -1 x '' 4294967296 99999999999999999999; do
		refused "$bad" || fail "'$bad' was taken"
		expect_eq "$(head_get delayed_removal_secs)" in-use "after '$bad'"
	done

	head_set delayed_removal_secs "$(slow 8)"
	io_start "$HEAD" --verify=0
	before=$(users)
	iscsi_logout 1 2
	poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"
	# The module stays: its callback is still to come.
	wait_until 5 users_are $((before + 1))
	wait_until 20 no_unit
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"

	iscsi_login
	unit_find
	head_set delayed_removal_secs 1000
	iscsi_logout 1 2
	poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"
	[ -e "/sys/block/$HEAD" ] || fail "the unit did not wait"
	head_set delayed_removal_secs 0
	wait_until 5 no_unit
}
