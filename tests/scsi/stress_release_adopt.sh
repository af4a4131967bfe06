#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/stress.sh"
DESC="disks are released, adopted, opened, deleted and found again, all at once: none hangs, and all are paths of one unit in the end"
TIMEOUT=240

run()
{
	unit_up_debug add_host=3
	UNIT_FILES=("/sys/block/${P[1]}/device/mpath_unit" "/sys/block/${P[2]}/device/mpath_unit")
	THIRD=$(host_no "${P[3]}")
	stress first tell "${UNIT_FILES[0]}"
	stress second tell "${UNIT_FILES[1]}"
	# Two at once at the same file.
	stress twice tell "${UNIT_FILES[1]}"
	stress anew sdebug_find_again "$THIRD"
	stress open read_units
	stress_join
	for file in "${UNIT_FILES[@]}"; do
		# A reader of the disk is gone in a moment.
		wait_until 10 tell_word adopt "$file"
	done
	sdebug_scan "$THIRD"
	wait_until 10 sdebug_has_only 3
	unit_find_debug
	expect_ok read_block
}

tell_word() { echo "$1" 2>/dev/null >"$2"; }

tell()
{
	tell_word release "$1"
	cat "$1"
	tell_word adopt "$1"
}

read_units()
{
	local disk
	for disk in /dev/mpath?; do
		dd if="$disk" of=/dev/null bs=4k count=1 iflag=direct
	done
}
