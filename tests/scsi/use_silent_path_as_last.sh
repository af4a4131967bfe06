#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="B5: a path that swallowed commands, and answers again, takes the I/O when the other one dies, though what it had is not back yet"

read_ended() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local reader start
	unit_up_alike
	put 25 "/sys/block/${P[1]}/device/timeout"
	put 25 "/sys/block/${P[2]}/device/timeout"
	swallow_one 0x28 read_block
	reader=$!
	# The question that the path is asked then.
	sdebug_rule "${P[A]}" "0 -1 0x28"
	start=$EPOCHSECONDS
	until path_has "${P[A]}" health suspect; do
		read_block 1
		[ $((EPOCHSECONDS - start)) -lt "$(slow 15)" ] || fail "the path is not left"
	done
	expect_eq "$(path_get "${P[A]}" reason)" "commands overdue" "reason"
	sdebug_fail "${P[B]}" 0xff
	start=$EPOCHSECONDS
	read_block 2 &
	poll 12 read_ended $! || fail "I/O is held beside a path that answers"
	note "taken by it after $((EPOCHSECONDS - start)) s"
	[ "$(in_flight "${P[A]}")" -gt 0 ] || fail "what it swallowed is back already"
	sdebug_heal "${P[B]}" 0xff
	wait_path "${P[B]}" health good 30
	expect_ok wait "$reader"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
