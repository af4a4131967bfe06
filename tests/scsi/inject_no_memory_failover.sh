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
	local n best count round
	unit_up_debug add_host=3
	for n in 1 2 3; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || best=$n
	done
	inject_begin_module scsi_mpath
	inject_all
	io_start "$HEAD"
	for round in 1 2 3; do
		wait_traffic "$best"
		sdebug_fail "${P[best]}" 0xff
		wait_path "${P[best]}" health suspect
		wait_ios "$HEAD" 200
		sdebug_heal "${P[best]}" 0xff
		wait_path "${P[best]}" health good 60
	done
	wait_traffic "$best"
	io_finish
	count=$(inject_count)
	note "$count allocations failed in $round failovers"
	[ "$count" -ge "$round" ] || fail "nothing was injected"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
