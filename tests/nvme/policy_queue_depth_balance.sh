#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="queue-depth: a slow path gets less than by turns, and its depth goes back to 0"
TIMEOUT=180

busy() { [ "$(path_get "${P[1]}" queue_depth)" -gt 0 ]; }

run()
{
	unit_up transport=tcp
	expect_ok subsys_set iopolicy queue-depth
	fault_slow 1 "$(slow 200)"
	io_start "$HEAD" --iodepth=8
	wait_traffic 1 2
	if [ -e "/sys/block/${P[1]}/queue_depth" ]; then
		wait_until 5 busy
	fi
	traffic 1000
	expect_slow_path_spared

	expect_ok subsys_set iopolicy round-robin
	traffic 200
	expect_le $((D[2] - D[1])) 40 "difference by round-robin"
	expect_ok subsys_set iopolicy queue-depth
	io_finish
	if [ -e "/sys/block/${P[1]}/queue_depth" ]; then
		wait_path "${P[1]}" queue_depth 0
		wait_path "${P[2]}" queue_depth 0
	fi
}
