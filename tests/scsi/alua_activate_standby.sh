#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="explicit ALUA: the way to the active group is lost, the standby group is activated and moved back from later"

run()
{
	unit_up tpgs=3 "states=active/optimized standby"
	expect_eq "$(unit_get explicit_alua)" 1
	unit_set failback 3
	io_start "$HEAD"
	wait_traffic 1
	fault_reset 1
	wait_path "${P[2]}" access_state active/optimized
	wait_traffic 2
	# As an array does, that has one active group at a time.
	lio_alua 1 standby
	fault_clear
	wait_path "${P[1]}" access_state standby 15
	wait_path "${P[1]}" access_state active/optimized 15
	lio_alua 2 standby
	wait_traffic 1
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_stall 1000
	expect_eq "$(activations)" 2 "activations"
}
