#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="controllers are rescanned under I/O, over and over: nothing changes, no path is lost"

run()
{
	local n round
	unit_up namespaces=2 backend=null_blk
	io_start "$HEAD"
	expect_ok subsys_set iopolicy round-robin
	for ((round = 0; round < 10; round++)); do
		for n in 1 2; do ctrl_do "$n" rescan_controller; done
		expect_ok nvme ns-rescan "/dev/${C[1]}"
		wait_ios "$HEAD" 20
	done
	wait_traffic 1 2
	expect_eq "$(path_of 1) $(path_of 2)" "${P[1]} ${P[2]}" "paths"
	io_finish
	expect_stall 1000
}
