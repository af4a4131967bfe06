#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="size, read-only, limits and zones of the head follow its paths"

run()
{
	disks_shared 2
	unit_up 2
	# Of two paths only one has grown: it is not used until the other has.
	dm_resize 1 65536
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/size)" 131072 "size with one path smaller"
	wait_head state degraded
	expect_eq "$(drv_get selected)" 2 "the path of the right size"
	dm_resize 2 65536
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/size)" 65536 "size with both smaller"
	wait_head state online
	expect_ok blockdev --setro "/dev/${DISK[1]}"
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/ro)" 1 "read-only with one path so"
	expect_ok blockdev --setrw "/dev/${DISK[1]}"
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/ro)" 0 "read-only without"
	head_destroy mt
	HEAD=''

	# A path that can do less, of another kind.
	DISK[1]=$(null_blk_create small max_sectors=64)
	DISK[2]=$(null_blk_create large)
	unit_up 2
	expect_eq "$(cat /sys/block/mt/queue/max_sectors_kb)" 32 "the smaller max_sectors_kb"
	expect_eq "$(cat /sys/block/mt/queue/logical_block_size)" 512 "block size"
	head_destroy mt
	HEAD=''

	# A bio that is held has no queue in which it could be polled.
	DISK[1]=$(null_blk_create poll1 poll_queues=1)
	DISK[2]=$(null_blk_create poll2 poll_queues=1)
	unit_up 2
	expect_eq "$(cat "/sys/block/${DISK[1]}/queue/io_poll")" 1 "polling of a path"
	expect_eq "$(cat /sys/block/mt/queue/io_poll)" 0 "polling of the head"
	head_destroy mt
	HEAD=''

	DISK[1]=$(null_blk_create zones zoned=1 zone_size=4 memory_backed=1)
	DISK[2]=$(null_blk_create zones2 zoned=1 zone_size=4 memory_backed=1)
	unit_up 2
	expect_eq "$(cat /sys/block/mt/queue/zoned)" host-managed "zoned"
	expect_eq "$(cat /sys/block/mt/queue/nr_zones)" 16 "zones"
	expect_eq "$(blkzone report /dev/mt | wc -l)" 16 "zones reported"
	expect_ok path_set 1 disabled 1
	expect_eq "$(blkzone report /dev/mt | wc -l)" 16 "zones reported by path 2"
	expect_ok path_set 2 disabled 1
	expect_fail blkzone report /dev/mt
}

# dm_resize N SECTORS
dm_resize()
{
	dmsetup suspend "t$1"
	dmsetup reload "t$1" --table "$(dmsetup table "t$1" | sed "s/^0 [0-9]*/0 $2/")" || fail "no table"
	dmsetup resume "t$1"
}
