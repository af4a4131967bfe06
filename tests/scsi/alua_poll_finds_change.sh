#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a change of state that no command is told of is found by polling"

run()
{
	mpath_load poll_secs=2
	unit_up "states=active/non-optimized active/non-optimized"
	expect_ok head_set iopolicy numa
	io_start "$HEAD"
	find_user
	# The unit attention waits for a command through the other path, and none comes.
	lio_alua "$B" active/optimized
	wait_path "${P[B]}" access_state active/optimized 10
	wait_traffic "$B"
	io_finish
}
