#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="V5, V6, V8: size, read-only, limits and zones of the head follow its paths; what an admin has set stays"

queue() { cat "/sys/block/$1/queue/$2"; }

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

	# Nobody asks a path that is disabled.
	dm_resize 1 32768
	expect_ok path_set 1 disabled 1
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/size)" 65536 "size with the smaller path away"
	expect_ok path_set 2 disabled 1
	dm_resize 2 131072
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/size)" 65536 "size without a path to ask"
	expect_ok path_set 2 disabled 0
	expect_ok drv_set revalidate 1
	expect_eq "$(cat /sys/block/mt/size)" 131072 "size with one path to ask, which has grown"
	expect_ok path_set 1 disabled 0
	expect_eq "$(drv_get selected)" 2 "the path that is not smaller"
	dm_resize 1 131072
	expect_ok drv_set revalidate 1
	wait_head state online

	# A path gets other blocks.
	null_blk_create blocks blocksize=4096 >/dev/null
	dm_map 1 "0 131072 linear /dev/$(null_blk_disk blocks) 0"
	expect_eq "$(queue "${DISK[1]}" logical_block_size)" 4096 "block size of the path"
	expect_ok drv_set revalidate 1
	wait_head state degraded
	expect_eq "$(queue mt logical_block_size)" 512 "block size of the head"
	expect_eq "$(drv_get selected)" 2 "the path with the old block size"
	head_destroy mt
	HEAD=''

	# A path that can do less, of another kind.
	DISK[1]=$(null_blk_create small max_sectors=64)
	DISK[2]=$(null_blk_create large)
	unit_up 2
	expect_eq "$(cat /sys/block/mt/queue/max_sectors_kb)" 32 "the smaller max_sectors_kb"
	expect_eq "$(cat /sys/block/mt/queue/logical_block_size)" 512 "block size"

	# What the admin wants of the head is no question of its paths.
	expect_ok write 0 /sys/block/mt/queue/iostats
	expect_ok write 1 /sys/block/mt/queue/rotational
	expect_ok write 16 /sys/block/mt/queue/read_ahead_kb
	expect_ok path_set 1 disabled 1
	expect_ok drv_set revalidate 1
	[ "$(queue mt max_sectors_kb)" -gt 32 ] || fail "limits as they were with the smaller path"
	expect_eq "$(queue mt iostats) $(queue mt rotational) $(queue mt read_ahead_kb)" "0 1 16" "what the admin has set"
	head_destroy mt
	HEAD=''

	# Of three paths one cannot discard.
	DISK[1]=$(null_blk_create discard1 discard=1 memory_backed=1)
	DISK[2]=$(null_blk_create discard2 memory_backed=1)
	DISK[3]=$(null_blk_create discard3 discard=1 memory_backed=1)
	unit_up 3
	[ "$(queue "${DISK[3]}" discard_max_bytes)" -gt 0 ] || fail "no discard"
	expect_eq "$(queue mt discard_max_bytes)" 0 "discard with one that does not"
	expect_ok path_set 2 disabled 1
	expect_ok drv_set revalidate 1
	[ "$(queue mt discard_max_bytes)" -gt 0 ] || fail "no discard with two that do"
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
	# It would wait for one of them.
	expect_ok head_set no_path_timeout 0
	expect_fail blkzone report /dev/mt
}

# dm_map N TABLE
dm_map()
{
	dmsetup suspend "t$1"
	dmsetup reload "t$1" --table "$2" || fail "no table"
	dmsetup resume "t$1"
}

# dm_resize N SECTORS
dm_resize() { dm_map "$1" "$(dmsetup table "t$1" | sed "s/^0 [0-9]*/0 $2/")"; }
