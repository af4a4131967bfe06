#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a LUN is unmapped behind every portal: the unit is gone and I/O fails at once, one that is out of reach is waited for, and it is back by itself"

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
found() { "$MPATHCTL" doctor --json | jq -r "[.findings[] | select(.disk == \"$HEAD\").check] | join(\" \")"; }

run()
{
	local begun
	unit_up luns=2
	unit_find 1
	# What is waited for in vain is not to last for ever.
	expect_ok head_set no_path_timeout "$(slow 20)"
	lio_unmap 1 1
	lio_unmap 2 1
	begun=$(now_ms)
	expect_fail read_block
	note "the read failed after $(($(now_ms) - begun)) ms"
	expect_le $(($(now_ms) - begun)) "$(slow 6000)" "ms until a read failed"
	wait_head state gone
	expect_eq "$(path_get "${P[1]}" health): $(path_get "${P[1]}" reason)" "suspect: no such LUN"
	begun=$(now_ms)
	expect_fail read_block
	expect_le $(($(now_ms) - begun)) "$(slow 1500)" "ms until another one failed"
	[[ " $(found) " = *" unit-gone "* ]] || fail "doctor found: $(found)"
	expect_eq "$(logged "$HEAD: gone")" 1 "events"

	# That portal may be the one through which it can be reached.
	fault_reset 2
	wait_head state no-usable-path 20
	fault_clear
	wait_head state gone 30

	lio_map 1 1 1
	wait_head state degraded 10
	expect_ok read_block
	lio_map 2 1 1
	wait_head state online 30
	expect_eq "$(path_get "${P[2]}" reason)" none
}
