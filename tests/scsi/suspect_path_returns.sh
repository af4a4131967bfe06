#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that fails commands is suspect, carries nothing, and returns after a probe"

run()
{
	unit_up_debug add_host=3
	find_best
	io_start "$HEAD"
	wait_traffic "$A"
	# Everything fails: TEST UNIT READY (0x00) and RTPG (0xa3), too.
	sdebug_fail "${P[A]}" 0xff
	wait_path "${P[A]}" health suspect
	traffic 200
	expect_eq "${D[A]}" 0 "I/O of the suspect path"
	[ "$(path_get "${P[A]}" failovers)" -gt 0 ] || fail "no failover counted"
	[ "$(path_get "${P[A]}" errors)" -gt 0 ] || fail "no error counted"
	sdebug_heal "${P[A]}" 0xff
	# Probes come at 1 s, then twice as far apart each time.
	wait_path "${P[A]}" health good 30
	wait_traffic "$A"
	io_finish
	expect_stall 500
}
