#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the same faults do stall a plain disk and do fail its I/O: the tests can fail"

run()
{
	iscsi_start
	defer iscsi_stop
	lio_create portals=1
	defer lio_destroy
	iscsi_login
	HEAD=$(path_of 1)
	wait_until 5 test -b "/dev/$HEAD"
	io_start "$HEAD"
	fault_reset 1
	wait_until 5 is_session 1 FAILED
	# For as long as the fault lasts nobody gets in.
	sleep 1
	fault_clear
	wait_ios "$HEAD" 100
	io_stop
	[ "$LONGEST_GAP_MS" -gt 500 ] || fail "a reset stalled it $LONGEST_GAP_MS ms"
	expect_eq "$IO_ERRORS" 0 "errors of a link that came back in time"

	# With nothing to move to, standby is an error.
	io_start "$HEAD"
	lio_alua 1 standby
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "no error from a standby path"
}
