#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a LUN is given to another unit, its connection up or down: no I/O goes there, the path moves to that unit, and home again"
TIMEOUT=240

# Nothing has ever been written to it.
expect_blank()
{
	expect_eq "$(tr -d '\0' <"/dev/$1" | wc -c)" 0 "bytes that are not zero on $1"
}

# moves PORTAL HEAD: the path comes to that unit.
moves()
{
	poll 30 head_is "${P[$1]}" "$2" || fail "${P[$1]} is not a path of $2"
	wait_path "${P[$1]}" health good
}

run()
{
	local other
	local n
	unit_up portals=3 luns=2 size=16M "states=active/optimized active/non-optimized active/non-optimized"
	# The other unit has one path: two LUNs of a portal never lead to one unit.
	put 1 "/sys/block/${P[3]}/device/delete"
	unset "P[3]"
	for n in 1 2; do
		put 1 "/sys/block/$(path_of "$n" 1)/device/delete"
		lio_unmap "$n" 1
	done
	wait_until 15 has_head "$(path_of 3 1)"
	other=$(head_of "$(path_of 3 1)")
	wait_until 10 has_paths "$HEAD" 2
	io_start "$HEAD"
	wait_traffic 1

	# The connection stays up. To INQUIRY DATA HAS CHANGED the SCSI core
	# looks again what the disk is.
	lio_map 2 1
	nudge "${P[2]}"
	moves 2 "$other"
	fault_reset 1
	wait_head state no-usable-path
	expect_blank "$other"
	lio_map 2 0
	nudge "${P[2]}"
	moves 2 "$HEAD"
	wait_traffic 2

	# The connection is lost meanwhile.
	lio_map 1 1
	fault_clear
	moves 1 "$other"
	traffic 100
	expect_eq "${D[1]}" 0 "I/O of the path that left"
	expect_blank "$other"
	lio_map 1 0
	nudge "${P[1]}"
	moves 1 "$HEAD"
	wait_traffic 1
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_blank "$other"
}
