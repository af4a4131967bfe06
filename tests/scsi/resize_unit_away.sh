#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="L2: a unit that has grown, or shrunk, while it had no path is the same unit when they are back"

sectors_are() { [ "$(cat "/sys/block/$HEAD/size")" -eq "$1" ]; }

# comes_back_with GB SECTORS: all paths go, and are found again
comes_back_with()
{
	local host hosts=() name=$HEAD
	for host in "${P[@]}"; do hosts+=("$(host_no "$host")"); done
	for host in "${P[@]}"; do put 1 "/sys/block/$host/device/delete"; done
	poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"
	echo "$1" >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb
	for host in "${hosts[@]}"; do sdebug_scan "$host"; done
	poll 10 sdebug_has 2 || fail "no disks"
	unit_find_debug
	expect_eq "$HEAD" "$name" "name of the unit"
	wait_until 15 sectors_are "$2"
	wait_head state online
}

run()
{
	local old
	unit_up_active
	old=$(cat "/sys/block/$HEAD/size")
	head_set delayed_removal_secs 100
	defer head_set delayed_removal_secs 0
	comes_back_with 1 2097152
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=1000 oflag=direct
	comes_back_with 0 "$old"
	read_block || fail "not read"
}
