#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="a path that comes while a reservation is held gets the key before it gets I/O"

run()
{
	pr_up portals=2
	head_set iopolicy round-robin
	pr register 0 0xabc
	pr reserve 0xabc $WRITE_REGISTRANTS
	io_start "$HEAD"
	iscsi_logout 2
	poll 10 has_paths "$HEAD" 1 || fail "the path did not go"
	iscsi_login 2
	unit_find
	# The session is a new nexus; what the old one had stays at the target.
	wait_keys host 0xabc 3
	wait_head state online
	wait_traffic 1 2
	# A conflict would be an error to fio.
	io_finish
	pr clear 0xabc
}
