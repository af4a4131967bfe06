#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the group in use goes standby: I/O moves, and returns with it"

run()
{
	unit_up "states=active/optimized active/non-optimized"
	io_start "$HEAD"
	wait_traffic 1
	lio_alua 1 standby
	wait_traffic 2
	wait_path "${P[1]}" access_state standby
	wait_head state degraded
	lio_alua 1 active/optimized
	# It carries no I/O, so no unit attention reaches us through it.
	nudge "${P[1]}"
	wait_traffic 1
	wait_head state online
	io_finish
	expect_stall 500
}
