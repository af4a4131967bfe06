#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
. "$TESTS/common/scsi_debug.sh"
DESC="an ioctl whose path turns out not to be usable, before it was sent, goes down another one, or waits"
QUICK=1

requires()
{
	have_prog python3
	have_module mpath_test null_blk scsi_debug
}

runs_ioctl() { [ "$(path_get "$1" ioctls)" -gt 0 ]; }
asker_ended() { ! kill -0 "$ASKER" 2>/dev/null; }

# ask N: an ioctl by ASKER that finds path N in use and then is in doubt about it
ask()
{
	expect_ok drv_set ioctl_ms 60000
	do_ioctl "/dev/${HEAD}c" $IOC_PATH >"$TMP/answer" &
	ASKER=$!
	poll 10 runs_ioctl "$1" || fail "no ioctl on path $1"
	expect_ok path_set "$1" disabled 1
	expect_ok drv_set ioctl_ms 0
}

# answered N: by path N
answered()
{
	poll 5 asker_ended || fail "the ioctl still waits"
	expect_eq "$(cat "$TMP/answer")" "$1" "the path that answered"
}

run()
{
	disks_apart 2
	unit_up 2
	expect_ok path_set 2 state nonoptimized
	ask 1
	answered 2
	ask 2
	within 1 asker_ended && fail "answered without a path: $(cat "$TMP/answer")"
	expect_ok path_set 1 disabled 0
	answered 1
	lose_disk
}

# The disk of path 1 goes offline before it is asked; that of path 2 knows no ioctl.
lose_disk()
{
	head_destroy mt
	HEAD=''
	sdebug_create
	defer sdebug_destroy
	DISK[1]=$(sdebug_disks | head -n 1)
	# Its cache is the unit's.
	DISK[2]=$(null_blk_create cache memory_backed=1 cache_size=1)
	unit_up 2
	expect_ok path_set 2 state nonoptimized
	expect_ok drv_set ioctl_ms 60000
	do_ioctl "/dev/$HEAD" $IOC_PATH >"$TMP/answer" &
	ASKER=$!
	poll 10 runs_ioctl 1 || fail "no ioctl on path 1"
	expect_ok write offline "/sys/block/${DISK[1]}/device/state"
	expect_ok path_set 1 state other
	expect_ok drv_set ioctl_ms 0
	answered ENOTTY

	# What a path in use says is the answer.
	expect_ok path_set 1 state optimized
	expect_eq "$(do_ioctl "/dev/$HEAD" $IOC_PATH)" ENODEV "an ioctl of a path that is used"
}
