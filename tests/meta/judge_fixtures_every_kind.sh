#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="fixtures that pass, fail, skip and get lost are each reported as what they are"
HOST=1
QUICK=1
TIMEOUT=600

# The order matters: each of the lost ones must leave the rest to a new boot.
FIXTURES=(fail_plain fail_subshell fail_status fail_wait fail_timeout fail_dmesg
	fail_leftover fail_process fail_skip_mute skip_reason lost_panic pass_dmesg_allowed
	lost_runner lost_stock_defect pass_plain)

# said VERDICT FIXTURE [TEXT]: is there that line, with TEXT on it or below it?
said()
{
	grep -A 8 "^$1 *meta/fixtures/$2 " "$TMP/out" | grep -q -- "${3:-$2}" ||
		fail "'$1 $2 ${3:-}' is not in the report"
}

run()
{
	local status passed=2
	# The guest that comes to its end looks for leaks, where it can.
	[ "${K:-}" != debug ] || passed=3
	defer cat "$TMP/out"
	"$TESTS/vm/run" -n -j 1 "${FIXTURES[@]/#/meta/fixtures/}" >"$TMP/out" 2>&1
	status=$?
	expect_eq "$status" 1 "exit status"
	expect_eq "$(tail -n 1 "$TMP/out")" "$passed passed, 12 failed, 1 skipped" "last line"
	said FAIL fail_plain "the number is '1', expected '2'"
	said FAIL fail_plain "cleaned up"
	said FAIL fail_subshell "status 1 from: false"
	said FAIL fail_status "run() ended with status 1"
	said FAIL fail_wait "in vain for: test -e /no/such/file"
	said FAIL fail_timeout "no end after"
	said FAIL fail_timeout "cleaned up"
	said FAIL fail_dmesg "WARNING: CPU: 0"
	said FAIL fail_leftover "module scsi_debug"
	said FAIL fail_process "sleep 100"
	said FAIL fail_skip_mute
	said skip skip_reason "no program no-such-program"
	said LOST lost_panic "the guest ended"
	said LOST lost_runner
	# Run again once, and no more.
	said again lost_stock_defect "known fault"
	said LOST lost_stock_defect
	expect_eq "$(grep -c '^again meta/' "$TMP/out")" 1 "tests run again"
	said ok pass_dmesg_allowed
	said ok pass_plain
	expect_ok grep -q "Kernel panic" "$TMP/out"
	expect_ok grep -q "kernel: .*scsi_debug" "$TMP/out"
}
