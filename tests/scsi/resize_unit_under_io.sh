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
	local old n
	unit_up_debug add_host=6
	find_pair
	head_set iopolicy round-robin
	old=$(sectors)
	io_start "$HEAD"
	wait_traffic "$A" "$B"
	echo 1 >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb
	rescan "${P[A]}"
	wait_path "${P[A]}" health unfit
	wait_traffic "$B"
	expect_eq "$(sectors)" "$old" "size with one path ahead"
	for n in "${!P[@]}"; do
		[ "$n" = "$A" ] || rescan "${P[n]}"
	done
	wait_until 5 size_is 2097152
	wait_path "${P[A]}" health good
	wait_traffic "$A" "$B"
	io_finish
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=1000 oflag=direct
}
