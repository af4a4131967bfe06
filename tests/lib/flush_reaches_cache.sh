#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="F1: a flush is never answered by a path whose queue drops it, nor by the head when it waited while the cache went"
QUICK=1

requires()
{
	have_prog python3
	have_module mpath_test null_blk
}

# cache DISK BACK|THROUGH
cache() { expect_ok write "write $2" "/sys/block/$1/queue/write_cache"; }
cache_of() { content "/sys/block/$1/queue/write_cache"; }
flush() { timeout "$(slow 10)" dd if=/dev/null of="/dev/$HEAD" conv=fsync,notrunc status=none; }

# expect_flush N WHEN: a flush that goes down path N
expect_flush()
{
	local before
	before=$(path_get "$1" bios)
	expect_ok flush
	expect_eq $(($(path_get "$1" bios) - before)) 1 "flushes through path $1 $2"
}

run()
{
	disks_apart 2 memory_backed=1 cache_size=1
	unit_up 2
	expect_ok path_set 2 state nonoptimized
	expect_eq "$(cache_of "$HEAD")" "write back" "the cache of the head"
	expect_flush 1 "with both paths"

	# Nobody has looked at what the paths are since.
	cache "${DISK[1]}" through
	expect_flush 2 "when path 1 would drop it"
	wait_head state degraded
	expect_eq "$(drv_get selected)" 2 "the path for all other I/O"
	cache "${DISK[1]}" back
	expect_ok drv_set revalidate 1
	wait_head state online
	expect_flush 1 "when it is as before"

	held_while_cache_goes
}

# It came when there was a cache, and nobody knows what is in there.
held_while_cache_goes()
{
	local flush count
	expect_ok path_set 2 disabled 1
	count=$(head_get requeued)
	expect_ok path_set 1 disabled 1
	flush &
	flush=$!
	wait_until 5 head_holds $((count + 1))
	expect_ok path_set 1 refuse_clone 1
	expect_ok path_set 1 disabled 0
	cache "${DISK[1]}" through
	expect_ok drv_set revalidate 1
	expect_eq "$(cache_of "$HEAD")" "write through" "the cache of the head, when the path that told of it takes that back"
	expect_ok path_set 1 refuse_clone 0
	wait "$flush" && fail "a flush that waited was answered though nothing was flushed"
	expect_ok flush
}
