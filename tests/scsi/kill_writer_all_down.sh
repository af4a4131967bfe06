#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all down, I/O held for ever: kill -9 ends a writer, and sysfs and tools answer"

gone() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local writer
	unit_up portals=2
	expect_ok head_set no_path_timeout -1
	io_start "$HEAD"
	fault_all reset
	wait_head state no-usable-path
	kill -9 "$IO_PID"
	wait_until 5 io_ended

	# A plain write() waits where no signal reaches it, with any driver. The
	# way out is to give up the hold.
	dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct 2>/dev/null &
	writer=$!
	expect_ok timeout 5 cat "/sys/block/$HEAD/multipath/requeued"
	expect_ok timeout 5 cat "/sys/block/$HEAD/stat"
	expect_ok timeout 5 lsblk "/dev/$HEAD"
	kill -9 "$writer"
	expect_ok head_set no_path_timeout 0
	wait_until 5 gone "$writer"
	fault_clear
	wait_head state online 30
}
