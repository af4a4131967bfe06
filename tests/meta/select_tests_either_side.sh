#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="each test runs on one side, host or guest, whatever it is called by; a fixture only by its full name"
HOST=1
QUICK=1

listed() { "$TESTS/check" -l "$@" | xargs; }

run()
{
	local host guest
	# What the runner has told its tests, and this file says above.
	unset QUICK HOST
	host=$("$TESTS/check" -H -l)
	guest=$("$TESTS/check" -l)
	[ -n "$host" ] || fail "no test of the host"
	[ -n "$guest" ] || fail "no test of the guest"
	expect_eq "$(sort <<<"$host"$'\n'"$guest" | uniq -d)" "" "tests of both sides"
	expect_eq "$(wc -l <<<"$host"$'\n'"$guest")" "$(grep -l '^DESC=' "$TESTS"/*/*.sh | wc -l)" "tests"
	expect_eq "$(grep -c /fixtures/ <<<"$host$guest")" 0 "fixtures among them"

	expect_eq "$(listed scsi/add_path_under_io)" scsi/add_path_under_io
	expect_eq "$(listed -H scsi/add_path_under_io)" ""
	expect_eq "$(listed -H meta/select_tests_either_side)" meta/select_tests_either_side
	expect_eq "$(listed meta/select_tests_either_side)" ""
	expect_eq "$(listed 'scsi/add_path*')" scsi/add_path_under_io
	expect_eq "$(listed meta/fixtures/pass_plain)" meta/fixtures/pass_plain
	expect_eq "$(listed -H meta/fixtures/pass_plain)" ""
	expect_eq "$(listed meta/fixtures)" ""
	expect_eq "$(listed no_such_test)" ""
}
