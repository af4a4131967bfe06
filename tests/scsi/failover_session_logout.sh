#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I/O goes on while a session is logged out and in again"
QUICK=1

run()
{
	local old
	unit_up portals=2
	io_start "$HEAD" --ioengine=libaio
	find_user
	old=${P[A]}
	iscsi_logout "$A"
	wait_until 5 no_head "$old"
	unset 'P[A]'
	wait_traffic "$B"
	iscsi_login "$A"
	unit_find
	wait_head state online
	io_finish
	expect_stall 500
}
