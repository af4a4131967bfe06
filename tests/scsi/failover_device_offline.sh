#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a device set offline by hand gets no I/O; with all of them offline I/O fails at once"

state() { put "$2" "/sys/block/${P[$1]}/device/state"; }

run()
{
	unit_up portals=2
	io_start "$HEAD"
	find_user
	state "$A" offline
	wait_traffic "$B"
	wait_path "${P[A]}" health offline
	wait_head state degraded
	state "$A" running
	wait_path "${P[A]}" health good 30
	wait_head state online
	io_finish
	expect_stall 500

	# An offline device does not come back by itself: nothing to wait for.
	io_start "$HEAD"
	state 1 offline
	state 2 offline
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	state 1 running
	state 2 running
	wait_head state online 30
	expect_ok dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
}
