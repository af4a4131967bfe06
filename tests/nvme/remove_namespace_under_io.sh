#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a namespace is removed under I/O: the writer gets an error and not a hang, its neighbour goes on"

run()
{
	local second
	unit_up namespaces=2
	poll 10 path_of 1 2 >/dev/null || fail "namespace 2 has no path"
	second=$(head_of "$(path_of 1 2)")
	io_start "$HEAD"
	nvmet_del_ns 1
	wait_until 20 head_gone
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_until 5 test ! -e "/sys/block/${P[1]}"
	HEAD=$second
	expect_ok write_head
	nvmet_add_ns 1 "$TMP/ns1"
	wait_new_ns path_of 1
	wait_new_ns path_of 2
	unit_find
	io_start "$HEAD"
	io_finish
}
