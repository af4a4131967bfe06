#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H10: ports without ALUA answer as those in standby do: their paths are suspect, and back when TEST UNIT READY is answered"

# port_state N STATE: LIO does so whether or not it says that it has ALUA.
port_state()
{
	lio_group "$1" alua_access_type 1
	lio_alua "$1" "$2"
	lio_group "$1" alua_access_type 0
}

run()
{
	mpath_load multipath=always
	unit_up tpgs=0
	expect_eq "$(path_get "${P[1]}" tpg)" -1 "group"
	io_start "$HEAD"
	find_user
	port_state "$A" standby
	wait_traffic "$B"
	wait_path "${P[A]}" health suspect
	expect_eq "$(path_get "${P[A]}" reason)" "sense data 02/04/0b"
	wait_path "${P[A]}" probes 2
	expect_eq "$(path_get "${P[A]}" health)" suspect
	port_state "$A" active/optimized
	wait_path "${P[A]}" health good 30
	expect_eq "$(path_get "${P[A]}" access_state)" active/optimized
	wait_head state online
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
