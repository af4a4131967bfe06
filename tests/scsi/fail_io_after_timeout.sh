#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all portals down for longer than no_path_timeout: I/O fails, until one is back"

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
has_failed_io() { [ "$(head_get failed)" -gt 0 ]; }

run()
{
	local secs before begun
	secs=$(slow 3)
	unit_up portals=2
	expect_ok head_set no_path_timeout "$secs"
	io_start "$HEAD"
	before=$(now_ms)
	fault_all reset
	wait_head state no-usable-path
	begun=$(now_ms)
	# The writer gets its error when the time is up: not before, and not
	# much later, with no process of ours to help.
	wait_until 10 has_failed_io
	expect_le $((secs * 1000)) $(($(now_ms) - before)) "ms to hold I/O"
	expect_le $(($(now_ms) - begun)) $((secs * 2000 + 1000)) "held, in ms"
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_head state failed

	# Nothing waits a second time.
	begun=$(now_ms)
	expect_fail read_block
	expect_le $(($(now_ms) - begun)) "$(slow 1500)" "ms until new I/O failed"
	fault_clear
	wait_head state online 30
	expect_ok read_block
}
