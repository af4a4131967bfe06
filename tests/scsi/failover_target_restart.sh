#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the target service stops and starts again, on one portal and then on all"
TIMEOUT=180

run()
{
	unit_up portals=2
	io_start "$HEAD" --ioengine=libaio
	find_user
	lio_stop "$A"
	wait_traffic "$B"
	lio_start "$A"
	wait_head state online 30

	lio_stop 1
	lio_stop 2
	wait_head state no-usable-path 20
	lio_start 2
	lio_start 1
	wait_ios "$HEAD" 100 30
	wait_head state online 30
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
