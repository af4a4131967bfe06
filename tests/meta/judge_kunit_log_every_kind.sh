#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="no result of a KUnit run is read as better than it is"
HOST=1
QUICK=1

SUITE='    KTAP version 1
    # Subtest: mpath_a
    # module: libmultipath
    1..2'

# expect_results RESULTS LINE…: RESULTS is what is read from LINEs, in order.
expect_results()
{
	local expected=$1
	shift
	printf '%s\n' "$@" >"$TMP/log"
	rm -f "$TMP/results"
	: >"$TMP/results"
	awk -v out="$TMP/results" -f "$TESTS/kunit/ktap.awk" "$TMP/log" >"$TMP/said"
	expect_eq "$(sed 's/ 0$//' "$TMP/results" | paste -sd ,)" "$expected" "read from $*"
}

run()
{
	expect_results "pass mpath_a.x,skip mpath_a.y" 'Linux version' 'KTAP version 1' 1..1 \
		"$SUITE" '    ok 1 x' '    ok 2 y # SKIP no reason' 'ok 1 mpath_a'
	expect_results "pass mpath_a.x,fail mpath_a.y" 1..1 "$SUITE" '    ok 1 x' \
		'    # y: EXPECTATION FAILED at a.c:1' '    not ok 2 y' 'not ok 1 mpath_a'
	expect_ok grep -q "EXPECTATION FAILED at a.c:1" "$TMP/said"
	# Parameters are not cases; a serial line ends in CR.
	expect_results "pass mpath_a.x,pass mpath_a.y" 1..1 "$SUITE" '        KTAP version 1' \
		'        # Subtest: x' '        ok 1 p' '        not ok 2 q' $'    ok 1 x\r' \
		'    ok 2 y' $'ok 1 mpath_a\r'

	expect_results "pass mpath_a.x,lost mpath_a" 1..1 "$SUITE" '    ok 1 x'
	expect_results "pass mpath_a.x,lost mpath_a" 1..1 "$SUITE" '    ok 1 x' 'ok 1 mpath_a'
	expect_results "fail mpath_a" 1..1 "$SUITE" '# mpath_a: suite_init failed' 'not ok 1 mpath_a'
	expect_results "pass mpath_a.x,pass mpath_a.y,lost kernel" 1..2 "$SUITE" '    ok 1 x' \
		'    ok 2 y' 'ok 1 mpath_a'
	expect_results "lost kernel" 'Linux version' 'reboot: System halted'
	expect_results "lost kernel"
	expect_results "pass mpath_a.x,fail mpath_a.log,lost mpath_a" 1..1 "$SUITE" '    ok 1 x' \
		'Kernel panic - not syncing: Segfault with no mm'
	expect_results "fail mpath_a.log,pass mpath_a.x,pass mpath_a.y" 1..1 "$SUITE" \
		'WARNING: possible recursive locking detected' '    ok 1 x' '    ok 2 y' 'ok 1 mpath_a'
	expect_results "" 'KTAP version 1' 1..0
}
