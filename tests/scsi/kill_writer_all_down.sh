#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all down with I/O held for ever: kill -9 ends a writer, sysfs can be read"

gone() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local writer
	unit_up portals=2
	expect_ok head_set no_path_timeout -1
	fault_all reset
	# Direct, so that the process itself waits for the block device; it
	# also sends the first word over each session, which resets them.
	dd if=/dev/zero of="/dev/$HEAD" bs=4k count=10000 oflag=direct 2>/dev/null &
	writer=$!
	nudge "${P[1]}"
	nudge "${P[2]}"
	wait_head state no-usable-path
	kill -9 "$writer"
	wait_until 5 gone "$writer"

	expect_ok timeout 5 cat "/sys/block/$HEAD/multipath/requeued"
	expect_ok timeout 5 cat "/sys/block/$HEAD/stat"
	expect_ok timeout 5 lsblk "/dev/$HEAD"
	fault_clear
	wait_head state online 30
}
