#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="the last controller goes under I/O: the writer gets an error, an open disk goes, the next one is new"

run()
{
	unit_up
	exec 8<"/dev/$HEAD"
	expect_fail reads_nothing 8
	io_start "$HEAD"
	nvme_disconnect
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_until 5 head_gone
	expect_ok reads_nothing 8
	nvme_connect 1
	nvme_connect 2
	# Somebody still has the old disk open.
	unit_find
	expect_ok write_head
	exec 8<&-
	io_start "$HEAD"
	io_finish
}
