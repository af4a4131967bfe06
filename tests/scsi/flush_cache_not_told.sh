#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a disk is rescanned at a moment at which it does not tell of its write cache, or is write protected: the unit keeps it, and fsync is sent as soon as it says so again"

flushes() { hostile count 1 0 35; }

# fsync_sends WHEN
fsync_sends()
{
	local before
	before=$(flushes)
	expect_ok flush "$HEAD"
	[ "$(flushes)" -gt "$before" ] || fail "$1: fsync returned 0, and no flush was sent"
}

run()
{
	local op
	hostile_up portals=1 cache=1
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
	fsync_sends "before"
	# LOGICAL UNIT IS IN PROCESS OF BECOMING READY
	for op in 1a 5a; do hostile rule 1 0 $op sense 2/4/1 >/dev/null; done
	put 1 "/sys/block/${P[1]}/device/rescan"
	expect_eq "$(cat "/sys/block/${P[1]}/queue/write_cache")" "write through" "what sd makes of that"
	wait_path "${P[1]}" health unfit 10
	hostile obey 1 >/dev/null
	wait_path "${P[1]}" health good 30
	fsync_sends "after MODE SENSE failed"

	# It has none: that is its own word.
	hostile unit 0 cache 0 >/dev/null
	put 1 "/sys/block/${P[1]}/device/rescan"
	wait_path "${P[1]}" health good 30
	poll 10 through || fail "the unit has a cache, and its path has none"
}

through() { [ "$(cat "/sys/block/$HEAD/queue/write_cache")" = "write through" ]; }
