#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="round-robin: three paths get about a third each"
QUICK=1

run()
{
	unit_up portals=3
	expect_ok head_set iopolicy round-robin
	expect_eq "$(head_get iopolicy)" round-robin
	io_start "$HEAD"
	wait_traffic 1 2 3
	traffic 600
	expect_thirds
	io_finish
}
