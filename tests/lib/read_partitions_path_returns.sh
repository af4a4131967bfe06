#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="L3: partitions that could not be read appear when a path is usable, and nothing waits for them but they"
QUICK=1

requires()
{
	have_prog dmsetup sfdisk
	have_module mpath_test null_blk dm_mod
}

has_partition() { [ -e "/sys/block/$HEAD/${HEAD}1" ]; }

# begin PATH-ATTRIBUTE=VALUE...: a head with one path
begin()
{
	HEAD=''
	head_make mt
	path_up 1 "$@"
	wait_until 10 test -b "/dev/$HEAD"
}

finish()
{
	poll 10 has_partition || fail "$1: no partition"
	head_destroy mt
}

run()
{
	disks_shared 1
	echo 2048,4096 | sfdisk -q --no-reread "/dev/${DISK[1]}" || fail "no partition table"

	# All that reads it fails.
	begin fail=-1
	wait_until 10 head_is_scanned
	expect_fail has_partition
	path_set 1 fail 0
	path_set 1 disabled 1
	path_set 1 disabled 0
	finish "the path has been repaired"

	# There is no path, and no hope.
	begin disabled=1 available=0
	wait_head state failed
	path_set 1 disabled 0
	finish "a path came after all"

	# There is hope: who opens the disk does not wait for the scan. And the scan
	# does not wait for what would end its waiting, in a queue of one place (W1).
	driver_load
	echo 1 >/sys/devices/virtual/workqueue/mpath-wq/max_active || fail "no queue mpath-wq"
	begin disabled=1
	wait_head state no-usable-path
	expect_ok timeout "$(slow 5)" blockdev --getsz "/dev/$HEAD"
	path_set 1 disabled 0
	finish "the path came back"
}
