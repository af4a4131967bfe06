#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path whose probes pass but whose I/O fails is tried less and less often"
TIMEOUT=180

failovers() { path_get "${P[best]}" failovers; }
failed_again() { [ "$(failovers)" -gt "$1" ]; }

run()
{
	local n best times=() was
	unit_up_debug add_host=3
	for n in 1 2 3; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || best=$n
	done
	io_start "$HEAD"
	wait_traffic "$best"
	# READ(10) and WRITE(10) only: TEST UNIT READY says that all is well.
	sdebug_fail "${P[best]}" 0x28
	sdebug_fail "${P[best]}" 0x2a
	was=$(failovers)
	for n in 1 2 3 4; do
		wait_until 60 failed_again "$was"
		times+=("$EPOCHSECONDS")
		wait_path "${P[best]}" health suspect
		was=$(failovers)
	done
	note "tried after $((times[1] - times[0])), $((times[2] - times[1])) and $((times[3] - times[2])) s"
	[ $((times[3] - times[2])) -gt $((times[1] - times[0])) ] ||
		fail "it does not back off"
	sdebug_heal "${P[best]}" 0x28
	sdebug_heal "${P[best]}" 0x2a
	wait_path "${P[best]}" health good 60
	io_finish
}
