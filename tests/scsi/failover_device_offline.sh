#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H2: a device set offline by hand gets no I/O and stays offline; with all of them offline I/O is held until they run"

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

	# Set so by hand, none is taken back by a probe, and the I/O waits.
	io_start "$HEAD"
	state 1 offline
	state 2 offline
	wait_head state no-usable-path
	! within 4 io_ended || fail "the I/O was failed"
	expect_eq "$(path_get "${P[1]}" health)" offline
	expect_eq "$(path_get "${P[1]}" reason)" "the SCSI device was set offline"
	state 1 running
	state 2 running
	wait_head state online 30
	wait_ios "$HEAD" 50
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
