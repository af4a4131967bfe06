#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a change of state that no command is told of is found by polling"

run()
{
	mpath_load poll_secs=2
	unit_up "states=active/non-optimized standby"
	io_start "$HEAD"
	wait_traffic 1
	# The unit attention waits for a command through path 2, and none comes.
	lio_alua 2 active/optimized
	wait_path "${P[2]}" access_state active/optimized 10
	wait_traffic 2
	io_finish
}
