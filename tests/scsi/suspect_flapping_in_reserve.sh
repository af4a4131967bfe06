#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that was lost again and again is in reserve when it returns: used when no other is, trusted after its probation, or when an admin says so"
TIMEOUT=120

lose() { sdebug_fail "${P[$1]}" 0xff; wait_path "${P[$1]}" health suspect; }
heal() { sdebug_heal "${P[$1]}" 0xff; }

run()
{
	local n secs
	unit_up_debug add_host=6
	find_pair
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	for n in "${!P[@]}"; do
		case $n in "$A" | "$B") continue ;; esac
		put 1 "/sys/block/${P[n]}/device/delete"
		unset "P[$n]"
	done
	wait_until 10 has_paths "$HEAD" 2
	io_start "$HEAD"
	wait_traffic "$A" "$B"
	# The first loss is forgiven, the others cost 2, 4, 8 and 16 seconds, and on
	# until the last one leaves enough time to look at the path.
	for ((secs = 1; secs < $(slow 16); secs *= 2)); do
		lose "$A"
		heal "$A"
		wait_path "${P[A]}" health good $((secs + 10))
	done
	lose "$A"
	heal "$A"
	wait_path "${P[A]}" health probation 20
	expect_eq "$(path_get "${P[A]}" reason)" "transport error" "reason"
	traffic 200
	expect_eq "${D[A]}" 0 "I/O of the path in reserve"
	expect_eq "$(head_get state)" degraded "state"

	# No other path: no health is bad enough to stay idle.
	lose "$B"
	traffic 200
	[ "${D[A]}" -ge 200 ] || fail "the path in reserve is not used"
	expect_eq "$(path_get "${P[A]}" health)" probation "health of the path in use"
	heal "$B"
	wait_path "${P[B]}" health good 20

	expect_ok path_set "${P[A]}" reset 1
	expect_eq "$(path_get "${P[A]}" health)" good "health after the reset"
	expect_eq "$(path_get "${P[A]}" errors)" 0 "errors after the reset"
	expect_eq "$(path_get "${P[A]}" failovers)" 0 "failovers after the reset"
	wait_traffic "$A" "$B"
	# What was reset is forgotten: the next loss is the first.
	n=$(logged "in reserve for")
	lose "$A"
	heal "$A"
	wait_path "${P[A]}" health good 20
	expect_eq "$(logged "in reserve for")" "$n" "returns in reserve"
	# The one after it is not; its probation ends by itself.
	lose "$A"
	heal "$A"
	wait_path "${P[A]}" health good 20
	expect_eq "$(logged "in reserve for")" $((n + 1)) "returns in reserve"
	wait_traffic "$A" "$B"
	io_finish
}
