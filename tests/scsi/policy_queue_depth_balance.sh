#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="queue-depth: a slow path gets less, and the depth of each can be read"
TIMEOUT=180

busy() { [ "$(path_get "${P[$1]}" queue_depth)" -gt 0 ]; }

run()
{
	unit_up portals=2
	expect_ok head_set iopolicy queue-depth
	fault_slow 1 "$(slow 100)"
	io_start "$HEAD" --iodepth=8
	wait_traffic 1 2
	wait_until 5 busy 1
	traffic 1000
	expect_slow_path_spared

	expect_ok head_set iopolicy round-robin
	traffic 200
	expect_le $((D[2] - D[1])) 40 "difference by round-robin"
	io_finish
	# Counted while the policy was another, and completed after.
	wait_path "${P[1]}" queue_depth 0
	wait_path "${P[2]}" queue_depth 0
}
