#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that fails commands is suspect, carries nothing, and returns after a probe"

run()
{
	local n best
	unit_up_debug add_host=3
	for n in 1 2 3; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || best=$n
	done
	io_start "$HEAD"
	wait_traffic "$best"
	# Everything fails: TEST UNIT READY (0x00) and RTPG (0xa3), too.
	sdebug_fail "${P[best]}" 0xff
	wait_path "${P[best]}" health suspect
	traffic 200
	expect_eq "${D[best]}" 0 "I/O of the suspect path"
	[ "$(path_get "${P[best]}" failovers)" -gt 0 ] || fail "no failover counted"
	[ "$(path_get "${P[best]}" errors)" -gt 0 ] || fail "no error counted"
	sdebug_heal "${P[best]}" 0xff
	# Probes come at 1 s, then twice as far apart each time.
	wait_path "${P[best]}" health good 30
	wait_traffic "$best"
	io_finish
	expect_stall 500
}
