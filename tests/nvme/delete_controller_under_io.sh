#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a controller is deleted under I/O and connected again: no error, and the new path carries I/O"
QUICK=1

run()
{
	local n
	unit_up backend=null_blk
	expect_ok subsys_set iopolicy round-robin
	io_start "$HEAD"
	for n in 1 2; do
		nvme_disconnect "$n"
		wait_traffic $((3 - n))
		nvme_connect "$n"
		unit_find
		wait_traffic 1 2
	done
	io_finish
	expect_stall 1000
}
