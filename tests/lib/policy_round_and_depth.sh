#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="round-robin goes round, over a list whose last used path has gone; queue-depth takes the idle path"

run()
{
	local n seq
	disks_shared 3
	unit_up 3
	expect_ok head_set iopolicy round-robin
	# One CPU has one cursor.
	seq=$(taskset -c 0 bash -c 'for n in 1 2 3 4 5 6; do cat '"$MPATH_TEST/$HEAD/selected"'; done' | xargs)
	case "$seq 1 2 3" in
	*'1 2 3 1 2 3'*) ;;
	*) fail "no round: $seq" ;;
	esac
	# The last one used goes, each time: the walk ends, and goes on (B6).
	for n in 1 2 3; do
		poll 5 last_used "$n" || fail "path $n is never used"
		expect_ok path_del "$n"
		seq=$(taskset -c 0 bash -c 'for n in 1 2 3 4; do timeout 5 cat '"$MPATH_TEST/$HEAD/selected"'; done' | xargs)
		[ "$(echo "$seq" | tr ' ' '\n' | sort -u | wc -l)" -eq 2 ] || fail "without path $n: $seq"
		expect_ok path_back "$n"
	done
	io_start "$HEAD"
	traffic 600
	for n in 1 2 3; do
		[ $((D[n] * 100)) -ge $(((D[1] + D[2] + D[3]) * 25)) ] || fail "shares $(declare -p D)"
	done
	# A slow path fills up and is passed by.
	expect_ok path_set 2 delay_ms 300
	expect_ok head_set iopolicy queue-depth
	traffic 50
	traffic 300
	note "queue-depth with path 2 slow: ${D[*]}"
	expect_le $((D[2] * 10)) $((D[1] + D[3])) "10 times the slow path's share"
	path_set 2 delay_ms 0
	io_finish
	for n in 1 2 3; do
		expect_eq "$(path_get "$n" failed)" 0 "failures of path $n"
	done
}

last_used() { [ "$(taskset -c 0 cat "$MPATH_TEST/$HEAD/selected")" -eq "$1" ]; }
