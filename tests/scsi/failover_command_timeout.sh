#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that swallows commands costs time-outs, but no I/O, and comes back"
TIMEOUT=180

run()
{
	local n best
	unit_up_debug add_host=3
	for n in 1 2 3; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || best=$n
	done
	put 2 "/sys/block/${P[best]}/device/timeout"
	# After two such time-outs sd would set the device offline for good.
	put 1000 "/sys/block/${P[best]}/device/scsi_disk/$(hctl_of "${P[best]}")/max_medium_access_timeouts"
	io_start "$HEAD"
	wait_traffic "$best"
	# Type 0: WRITE(10) is taken and never answered.
	sdebug_rule "${P[best]}" "0 1 0x2a"
	wait_ios "$HEAD" 200 60
	wait_path "${P[best]}" health suspect 60
	sdebug_rule "${P[best]}" "- 0 0x2a"
	wait_path "${P[best]}" health good 60
	wait_traffic "$best"
	io_finish
	# sd's five retries, of 2 s each, and the recovery between them
	expect_stall 25000 12000
}
