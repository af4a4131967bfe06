#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that swallows commands is left by new I/O long before they time out; it returns, and what it swallowed is sent elsewhere"
TIMEOUT=240

read_ended() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local n pid readers=() start
	unit_up_debug add_host=6
	find_pair
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	put 25 "/sys/block/${P[A]}/device/timeout"
	put 1000 "/sys/block/${P[A]}/device/scsi_disk/$(hctl_of "${P[A]}")/max_medium_access_timeouts"
	# READ(10) is taken and never answered; everything else is.
	sdebug_rule "${P[A]}" "0 1 0x28"
	start=$EPOCHSECONDS
	# They go on: the other path has to do better after this one fell silent.
	until path_has "${P[A]}" health suspect; do
		[ $((EPOCHSECONDS - start)) -lt "$(slow 12)" ] || fail "the path is not left"
		for n in 1 2 3 4; do
			read_block "${#readers[@]}" &
			readers+=($!)
		done
		poll 1 path_has "${P[A]}" health suspect
	done
	expect_eq "$(path_get "${P[A]}" reason)" "commands overdue" "reason"
	note "left after $((EPOCHSECONDS - start)) s"
	expect_le $((EPOCHSECONDS - start)) 10 "seconds until the path was left"

	# TEST UNIT READY would pass, but what the path had is still there.
	for ((n = 10; n < 40; n++)); do
		read_block "$n" &
		poll 5 read_ended $! || fail "a new read waits"
		sleep 0.1
	done
	path_has "${P[A]}" health suspect || fail "the path is back too soon"
	expect_eq "$(path_get "${P[A]}" errors)" 0 "errors before the time-out"

	sdebug_rule "${P[A]}" "- 0 0x28"
	for pid in "${readers[@]}"; do
		poll 90 read_ended "$pid" || fail "a read hangs"
		wait "$pid" || fail "a read failed"
	done
	wait_path "${P[A]}" health good 60
	[ "$(path_get "${P[A]}" probes)" -gt 0 ] || fail "no probe"
	io_start "$HEAD"
	wait_traffic "$A" "$B"
	io_finish
}
