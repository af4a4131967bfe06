#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="paths are deleted by sysfs under I/O, one and then the last"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }

run()
{
	unit_up portals=2
	io_start "$HEAD"
	find_user
	echo 1 >"/sys/block/${P[A]}/device/delete"
	unset 'P[A]'
	wait_traffic "$B"
	echo 1 >"/sys/block/${P[B]}/device/delete"
	# No path is left that could come back, so there is nothing to wait for:
	# the writer gets its error now, though the disk is still open.
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_until 10 no_unit
}
