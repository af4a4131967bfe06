#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that swallows commands costs its time-out once, and no I/O"
TIMEOUT=180

run()
{
	local n best
	unit_up_debug add_host=3
	for n in 1 2 3; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || best=$n
	done
	put 2 "/sys/block/${P[best]}/device/timeout"
	io_start "$HEAD"
	wait_traffic "$best"
	# Type 0: the command is taken and never answered. All but INQUIRY may
	# be swallowed; WRITE(10) is enough.
	sdebug_rule "${P[best]}" "0 1 0x2a"
	wait_ios "$HEAD" 200 60
	wait_path "${P[best]}" health suspect 60
	sdebug_rule "${P[best]}" "- 0 0x2a"
	wait_path "${P[best]}" health good 60
	wait_traffic "$best"
	io_finish
	expect_stall 15000
}
