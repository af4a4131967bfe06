#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I/O larger than a path takes at once is cut by the path, and whole again on another one"

run()
{
	local before
	unit_up_debug add_host=3
	find_best
	expect_ok dd if=/dev/urandom of="$TMP/data" bs=1M count=4 status=none
	expect_ok dd if="$TMP/data" of="/dev/$HEAD" bs=1M count=4 oflag=direct status=none
	# The unit does not know yet: it looks once a second.
	put 16 "/sys/block/${P[A]}/queue/max_sectors_kb"
	before=$(carried "${P[A]}")
	expect_ok dd if="/dev/$HEAD" of="$TMP/read" bs=1M count=4 iflag=direct status=none
	expect_eq $(($(carried "${P[A]}") - before)) 256 "requests of 16 KiB"
	expect_ok cmp "$TMP/data" "$TMP/read"

	# A piece in the middle fails: all of it goes down another path.
	sdebug_fail "${P[A]}" 0x28 -1
	expect_ok dd if="/dev/$HEAD" of="$TMP/read" bs=1M count=4 iflag=direct status=none
	expect_ok cmp "$TMP/data" "$TMP/read"
	[ "$(path_get "${P[A]}" failovers)" -ge 1 ] || fail "nothing failed over"
}
