#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H11: a path is back while the other has just fallen silent: it is used at once, and does not wait for what the other is asked"
NOP=60

runs() { [ "$(<"/sys/block/$1/device/state")" = running ]; }

run()
{
	unit_up
	io_start "$HEAD"
	wait_ios "$HEAD" 50
	fault_reset 2
	wait_until 15 not runs "${P[2]}"
	wait_traffic 1
	fault_drop 1
	nft delete element inet faults refused "{ $(portal_ip 2) }" || fail "nft: no way back"
	wait_until 20 runs "${P[2]}"
	wait_path "${P[2]}" health good 5
	wait_ios "$HEAD" 20 5
	fault_clear
	wait_head state online 30
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}

not() { ! "$@"; }
