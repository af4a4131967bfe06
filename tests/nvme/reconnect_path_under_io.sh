#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="portals are refused in turn under I/O: the controllers reconnect by themselves, with the same path"

run()
{
	local round n
	unit_up transport=tcp backend=null_blk
	expect_ok subsys_set iopolicy round-robin
	io_start "$HEAD"
	for round in 1 2; do
		for n in 1 2; do
			fault_reset "$n"
			wait_ctrl "$n" connecting
			wait_traffic $((3 - n))
			fault_clear
			wait_ctrl "$n" live 20
			wait_ana "$n" optimized
			wait_traffic 1 2
		done
	done
	note "rounds: $round"
	expect_eq "$(path_of 1) $(path_of 2)" "${P[1]} ${P[2]}" "paths"
	io_finish
}
