#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit grows under I/O once all its paths say so; a path that differs is not used"

sectors() { cat "/sys/block/$HEAD/size"; }
size_is() { [ "$(sectors)" -eq "$1" ]; }
rescan() { echo 1 >"/sys/block/$1/device/rescan"; }

run()
{
	local old
	unit_up_debug add_host=4
	# The first and the last are in groups of the same state.
	head_set iopolicy round-robin
	old=$(sectors)
	io_start "$HEAD"
	wait_traffic 1 4
	echo 1 >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb
	rescan "${P[1]}"
	wait_path "${P[1]}" health unfit
	wait_traffic 4
	expect_eq "$(sectors)" "$old" "size with one path ahead"
	wait_head state degraded
	rescan "${P[2]}"
	rescan "${P[3]}"
	rescan "${P[4]}"
	wait_until 5 size_is 2097152
	wait_path "${P[1]}" health good
	wait_traffic 1 4
	io_finish
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=1000 oflag=direct
}
