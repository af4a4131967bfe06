#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that is added under I/O joins the unit and carries its share"

run()
{
	mpath_load iopolicy=round-robin
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login 1
	P[1]=$(path_of 1)
	wait_until 15 has_head "${P[1]}"
	HEAD=$(head_of "${P[1]}")
	io_start "$HEAD"
	iscsi_login 2
	unit_find
	wait_traffic 1 2
	wait_head state online
	io_finish
	expect_stall 500
}
