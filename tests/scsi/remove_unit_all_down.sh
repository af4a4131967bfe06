#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="held I/O still waits when the sessions it waits for are logged out; the unit goes when the wait is given up"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }

run()
{
	unit_up portals=2
	expect_ok head_set no_path_timeout -1
	io_start "$HEAD"
	fault_all reset
	wait_head state no-usable-path
	iscsi_logout 1 2
	poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"
	wait_head state no-usable-path
	io_running || fail "the I/O ended"
	expect_ok head_set no_path_timeout 0
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_until 10 no_unit
}
