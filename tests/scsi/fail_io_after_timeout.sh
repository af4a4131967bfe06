#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all portals down for longer than no_path_timeout: I/O fails, until one is back"

begin_ms() { BEGIN=${EPOCHREALTIME/./}; }
since_ms() { echo $(((${EPOCHREALTIME/./} - BEGIN) / 1000)); }
read_block() { dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct; }

run()
{
	unit_up portals=2
	expect_ok head_set no_path_timeout 3
	io_start "$HEAD"
	fault_all reset
	wait_head state no-usable-path
	begin_ms
	# The writer gets its error when the time is up: not before, and not
	# much later, with no process of ours to help.
	wait_until 10 io_ended
	[ "$(since_ms)" -ge 2000 ] || fail "held for $(since_ms) ms, not 3 s"
	expect_le "$(since_ms)" $((3000 + 3000 * ${SLOW:-1})) "held, in ms"
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_head state failed
	[ "$(head_get failed)" -gt 0 ] || fail "no failed I/O counted"

	# Nothing waits a second time.
	begin_ms
	expect_fail read_block
	expect_le "$(since_ms)" $((1500 * ${SLOW:-1})) "ms until new I/O failed"
	fault_clear
	wait_head state online 30
	expect_ok read_block
}
