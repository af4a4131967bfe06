#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a portal that falls silent stalls I/O no longer than the NOP takes to find out"
NOP=5

run()
{
	unit_up portals=2
	io_start "$HEAD"
	find_user
	fault_drop "$A"
	# NOP interval and NOP time-out; then it must move at once, and not sit
	# in the session's queue until recovery_tmo runs out.
	wait_ios "$HEAD" 100 $((2 * NOP + 5))
	wait_traffic "$B"
	fault_clear
	wait_head state online 30
	io_finish
	expect_stall $(((2 * NOP + 1) * 1000)) $((2 * NOP * 1000))
}
