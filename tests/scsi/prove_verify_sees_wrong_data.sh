#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="paths that lead to different data are noticed by the verifying reader"

run()
{
	# One identity, but a store for each host: a read through another path
	# than the write gives something else.
	mpath_load iopolicy=round-robin
	unit_up_debug add_host=6 per_host_store=1
	find_pair
	io_start "$HEAD" --verify_backlog=3
	wait_until 30 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio verified data that it never wrote"
	grep -q verify "$IO_DIR/out" || fail "not an error of verification"
}
