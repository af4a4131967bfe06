#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="a lost guest has an exit status of its own, with tests and with --exec"
HOST=1
TIMEOUT=300

run()
{
	local status
	defer cat "$TMP/out"
	"$TESTS/vm/run" -n meta/fixtures/lost_panic >"$TMP/out" 2>&1
	status=$?
	expect_eq "$status" 128 "exit status"
	expect_ok grep -q "^LOST: meta/fixtures/lost_panic" "$TMP/out"
	expect_eq "$(tail -n 1 "$TMP/out")" "0 passed, 1 failed, 0 skipped" "last line"

	"$TESTS/vm/run" -n --exec sh -c 'echo said; exit 7' >"$TMP/out" 2>&1
	expect_eq $? 7 "status of --exec"
	expect_eq "$(cat "$TMP/out")" said "output of --exec"
	"$TESTS/vm/run" -n --exec sh -c 'echo c >/proc/sysrq-trigger' >"$TMP/out" 2>&1
	expect_eq $? 128 "status of --exec in a guest that panics"
}
