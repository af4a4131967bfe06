#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path whose probes pass but whose I/O fails is tried less and less often"
TIMEOUT=180

failovers() { path_get "${P[A]}" failovers; }
failed_again() { [ "$(failovers)" -gt "$1" ]; }
is_distrusted() { [[ $(path_get "${P[A]}" health) = @(suspect|probation) ]]; }

run()
{
	local n times=() was
	unit_up_debug add_host=3
	find_best
	io_start "$HEAD"
	wait_traffic "$A"
	# READ(10) and WRITE(10) only: TEST UNIT READY says that all is well.
	sdebug_fail "${P[A]}" 0x28
	sdebug_fail "${P[A]}" 0x2a
	was=$(failovers)
	for n in 1 2 3; do
		wait_until 60 failed_again "$was"
		times+=("$((${EPOCHREALTIME/./} / 1000))")
		# The probe, a second later, may be faster than we are.
		wait_until 5 is_distrusted
		was=$(failovers)
	done
	note "tried after $((times[1] - times[0])) and $((times[2] - times[1])) ms"
	[ $((times[2] - times[1])) -gt $((times[1] - times[0])) ] ||
		fail "it does not back off"
	sdebug_heal "${P[A]}" 0x28
	sdebug_heal "${P[A]}" 0x2a
	wait_path "${P[A]}" health good 60
	io_finish
}
