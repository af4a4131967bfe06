#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="paths are deleted by sysfs under I/O, one and then the last, which is waited for"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }

run()
{
	unit_up portals=2
	expect_ok head_set no_path_timeout "$(slow 3)"
	io_start "$HEAD"
	find_user
	echo 1 >"/sys/block/${P[A]}/device/delete"
	unset 'P[A]'
	wait_traffic "$B"
	echo 1 >"/sys/block/${P[B]}/device/delete"
	# A path may be found anew, but that is not waited for longer than for one
	# that stays: then the writer gets its error, and the disk goes under it.
	wait_head state no-usable-path
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_until 10 no_unit
}
