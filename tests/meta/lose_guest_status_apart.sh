#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="a lost guest has an exit status of its own, with tests and with --exec"
HOST=1
TIMEOUT=300

# in_guest CMD ARG...: once more if the guest hangs at boot, as it does for tests
in_guest()
{
	local status
	for _ in 1 2; do
		timeout 100 "$TESTS/vm/run" -n --exec "$@" >"$TMP/out" 2>&1
		status=$?
		[ "$status" -eq 124 ] || break
	done
	return "$status"
}

run()
{
	local status
	defer cat "$TMP/out"
	"$TESTS/vm/run" -n meta/fixtures/lost_panic >"$TMP/out" 2>&1
	status=$?
	expect_eq "$status" 128 "exit status"
	expect_ok grep -q "^LOST: meta/fixtures/lost_panic" "$TMP/out"
	expect_eq "$(tail -n 1 "$TMP/out")" "0 passed, 1 failed, 0 skipped" "last line"

	in_guest sh -c 'echo said; exit 7'
	expect_eq $? 7 "status of --exec"
	expect_eq "$(cat "$TMP/out")" said "output of --exec"
	in_guest sh -c 'echo c >/proc/sysrq-trigger'
	expect_eq $? 128 "status of --exec in a guest that panics"
}
