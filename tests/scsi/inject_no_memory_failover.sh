#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/inject.sh"
DESC="I/O fails over, and comes back, while no allocation that may not wait succeeds"
TIMEOUT=180

requires()
{
	have_failslab
	have_prog fio
	have_module scsi_mpath scsi_debug
}

run()
{
	local count round
	unit_up_debug add_host=3
	find_best
	inject_begin_module scsi_mpath
	inject_all
	io_start "$HEAD"
	for round in 1 2 3; do
		wait_traffic "$A"
		sdebug_fail "${P[A]}" 0xff
		wait_path "${P[A]}" health suspect
		wait_ios "$HEAD" 200
		sdebug_heal "${P[A]}" 0xff
		wait_path "${P[A]}" health good 60
	done
	wait_traffic "$A"
	io_finish
	count=$(inject_count)
	note "$count allocations failed in $round failovers"
	[ "$count" -ge "$round" ] || fail "nothing was injected"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
