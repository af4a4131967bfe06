#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a controller that boots gives an empty page of designators through each path: no path is used, the unit is not gone, and I/O is held until it names the unit again"

EMPTY=00830000

named_nothing() { [ "$(logged "path $1 names no unit now")" -gt 0 ]; }

run()
{
	local n writer
	mpath_load multipath=on poll_secs=3
	hostile_up
	hostile set '*' 0 page83 "$EMPTY" >/dev/null
	hostile attention '*' 0 3f 03 >/dev/null
	for n in 1 2; do nudge "${P[n]}"; done
	for n in 1 2; do wait_until 20 named_nothing "${P[n]}"; done
	wait_head state no-usable-path 20
	wait_path "${P[1]}" reason "names no unit"
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none &
	writer=$!
	read -r -t 12 <>"$STATE/clock"
	kill -0 "$writer" || fail "the write has ended while no path named the unit"
	hostile set '*' 0 page83 none >/dev/null
	wait "$writer" || fail "the write has failed"
	for n in 1 2; do wait_path "${P[n]}" health good 30; done
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
