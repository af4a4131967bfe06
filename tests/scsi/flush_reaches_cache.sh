#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="F1: each flush reaches the unit as long as any path says that there is a write cache"

SYNCHRONIZE_CACHE=0x35

cache_is() { [ "$(cat "/sys/block/$1/queue/write_cache")" = "$2" ]; }

# expect_flushes WHEN: ten writes with an fsync each are ten flushes sent
expect_flushes()
{
	local n before
	before=$(commands_sent $SYNCHRONIZE_CACHE)
	for n in 1 2 3 4 5 6 7 8 9 10; do
		dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct conv=fsync status=none ||
			fail "no write $n $1"
	done
	expect_eq $(($(commands_sent $SYNCHRONIZE_CACHE) - before)) 10 "flushes $1"
}

run()
{
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	# The second login hears of a cache that the first one did not.
	iscsi_login 1
	wait_until 15 has_head "$(path_of 1)"
	put 1 "$(lio_units)/attrib/emulate_write_cache"
	iscsi_login 2
	unit_find
	head_set iopolicy round-robin
	commands_begin $SYNCHRONIZE_CACHE
	wait_until 10 cache_is "$HEAD" "write back"
	expect_flushes "with a path that knows of no cache"
	wait_path "${P[1]}" health good
	wait_path "${P[2]}" health good
	wait_until 5 cache_is "${P[1]}" "write back"
	expect_flushes "with both paths"

	# A path whose queue drops flushes is not one to write through.
	put "write through" "/sys/block/${P[1]}/queue/write_cache"
	wait_path "${P[1]}" health unfit
	expect_eq "$(path_get "${P[1]}" reason)" "its write cache is not that of the unit"
	expect_flushes "with one path that drops them"
	put "write back" "/sys/block/${P[1]}/queue/write_cache"
	wait_path "${P[1]}" health good

	# Nor for the first flush after that, when nobody has looked yet.
	put "write through" "/sys/block/${P[1]}/queue/write_cache"
	expect_flushes "at once when a path begins to drop them"
}
