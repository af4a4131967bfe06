#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="V1: a unit grows under I/O as soon as one path says so, whichever paths are away, and those are used again when they are back; it shrinks when all say so"

sectors_are() { [ "$(cat "/sys/block/$1/size")" -eq "$2" ]; }
rescan() { echo 1 >"/sys/block/$1/device/rescan"; }
resize() { echo "$1" >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb; }

run()
{
	local old n
	unit_up_debug add_host=6
	find_pair
	head_set iopolicy round-robin
	old=$(cat "/sys/block/$HEAD/size")
	io_start "$HEAD"
	wait_traffic "$A" "$B"
	# The first of the pair, and one of the others, cannot be asked.
	put offline "/sys/block/${P[A]}/device/state"
	for n in "${!P[@]}"; do
		[ "$n" = "$A" ] || [ "$n" = "$B" ] || [ "$(sdebug_state "${P[n]}")" != active/non-optimized ] ||
			break
	done
	expect_ok path_set "${P[n]}" admin_state out-of-service
	wait_traffic "$B"
	resize 1
	rescan "${P[B]}"
	wait_until 10 sectors_are "$HEAD" 2097152
	wait_traffic "$B"
	expect_eq "$(path_get "${P[B]}" health)" good "health of the path that was asked"

	# Nobody but we asks the first one; the SCSI core asks the other.
	expect_ok path_set "${P[n]}" admin_state in-service
	wait_path "${P[n]}" health good
	expect_eq "$(cat "/sys/block/${P[n]}/size")" 2097152 "size of the path back in service"
	put running "/sys/block/${P[A]}/device/state"
	wait_path "${P[A]}" health good
	wait_traffic "$A" "$B"
	expect_ok dd if="/dev/$HEAD" of=/dev/null bs=1M count=1 skip=1000 iflag=direct

	resize 0
	rescan "${P[A]}"
	wait_path "${P[A]}" health unfit
	expect_eq "$(path_get "${P[A]}" reason)" "it is smaller than the unit"
	wait_traffic "$B"
	expect_eq "$(cat "/sys/block/$HEAD/size")" 2097152 "size with one path smaller"
	for n in "${!P[@]}"; do
		rescan "${P[n]}"
	done
	wait_until 15 sectors_are "$HEAD" "$old"
	wait_path "${P[A]}" health good
	wait_traffic "$A" "$B"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
