#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that swallows commands costs time-outs, but no I/O, and comes back"
TIMEOUT=180

run()
{
	unit_up_debug add_host=3
	find_best
	put 2 "/sys/block/${P[A]}/device/timeout"
	# After two such time-outs sd would set the device offline for good.
	put 1000 "/sys/block/${P[A]}/device/scsi_disk/$(hctl_of "${P[A]}")/max_medium_access_timeouts"
	io_start "$HEAD"
	wait_traffic "$A"
	# Type 0: WRITE(10) is taken and never answered.
	sdebug_rule "${P[A]}" "0 1 0x2a"
	wait_ios "$HEAD" 200 60
	wait_path "${P[A]}" health suspect 60
	[ "$(path_get "${P[A]}" errors_timeout)" -gt 0 ] || fail "no time-out counted"
	expect_eq "$(path_get "${P[A]}" errors_transport)" 0 "transport errors"
	sdebug_rule "${P[A]}" "- 0 0x2a"
	wait_path "${P[A]}" health good 60
	wait_traffic "$A"
	io_finish
	# sd's five retries, of 2 s each, and the recovery between them
	expect_stall 25000 12000
	expect_eq "$(logged "${P[A]} passed its probe" "I/O error")" 0 \
		"probes passed while the path still had what it swallowed"
}
