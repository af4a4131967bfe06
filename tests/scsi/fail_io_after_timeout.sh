#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all portals down for longer than no_path_timeout: I/O fails, until one is back"

begin_ms() { BEGIN=${EPOCHREALTIME/./}; }
since_ms() { echo $(((${EPOCHREALTIME/./} - BEGIN) / 1000)); }

run()
{
	local secs
	secs=$(slow 3)
	unit_up portals=2
	expect_ok head_set no_path_timeout "$secs"
	io_start "$HEAD"
	begin_ms
	fault_all reset
	wait_head state no-usable-path
	# The writer gets its error when the time is up: not before, and not
	# much later, with no process of ours to help.
	wait_until 10 io_ended
	[ "$(since_ms)" -ge $((secs * 1000)) ] || fail "held for $(since_ms) ms, not $secs s"
	expect_le "$(since_ms)" $((secs * 2000 + 1000)) "held, in ms"
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_head state failed
	[ "$(head_get failed)" -gt 0 ] || fail "no failed I/O counted"

	# Nothing waits a second time.
	begin_ms
	expect_fail read_block
	expect_le "$(since_ms)" "$(slow 1500)" "ms until new I/O failed"
	fault_clear
	wait_head state online 30
	expect_ok read_block
}
