#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="queue-depth, the default: while a portal is silent, what is not stuck in it goes on through the other"

run()
{
	unit_up portals=2
	expect_eq "$(head_get iopolicy)" queue-depth "the default"
	# fio waits for what is stuck before it verifies, and before it rests.
	io_start "$HEAD" --rw=randread --verify=0 --iodepth=16
	find_user
	fault_drop "$A"
	wait_traffic "$B"
	# NOP interval and time-out are 5 s each; only then what is stuck moves.
	wait_head state degraded 20
	fault_clear
	wait_head state online 30
	io_finish
	expect_stall 1000
}
