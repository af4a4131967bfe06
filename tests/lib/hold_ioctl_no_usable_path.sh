#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H5: what is asked of a head waits as I/O does: for a path, the end of the hold, a signal, the end of the disk"
QUICK=1

# Registers no key, which a path without reservations refuses.
IOC_PR=0x401870c8

asker_ended() { ! kill -0 "$ASKER" 2>/dev/null; }

# ask CMD...: in the background, by ASKER; it must not end by itself
ask()
{
	"$@" >"$TMP/answer" 2>/dev/null &
	ASKER=$!
	within 1 asker_ended && fail "$*: $(cat "$TMP/answer") although no path is usable"
}

# answered WHAT ASKED: what ASKER has been told
answered()
{
	poll 5 asker_ended || fail "$2 still waits"
	expect_eq "$(cat "$TMP/answer")" "$1" "$2"
}

# hold_all: path 1 may come back
hold_all()
{
	path_set 1 disabled 1
	wait_head state no-usable-path
}

release_all()
{
	path_set 1 disabled 0
	wait_head state online
}

run()
{
	disks_apart 1
	unit_up 1

	hold_all
	ask do_ioctl "/dev/${HEAD}c" $IOC_PATH
	release_all
	answered 1 "the ioctl of the char device"
	hold_all
	ask do_ioctl "/dev/$HEAD" $IOC_PATH
	release_all
	answered ENOTTY "the ioctl of the disk"
	hold_all
	ask do_ioctl "/dev/$HEAD" $IOC_PR
	release_all
	answered ENOTSUP "the reservation"
	hold_all
	ask drv_get unique_id
	release_all
	answered "" "the unique id"

	# A signal ends it.
	hold_all
	ask do_ioctl "/dev/$HEAD" $IOC_PATH
	pkill -TERM -P "$ASKER"
	poll 5 asker_ended || fail "it waits although it was killed"

	# So does the end of the hold, whichever it is.
	ask do_ioctl "/dev/$HEAD" $IOC_PATH
	expect_ok head_set no_path_timeout 1
	answered EAGAIN "what waited when the hold time ended"
	expect_eq "$(do_ioctl "/dev/$HEAD" $IOC_PATH)" EAGAIN "an ioctl of a head that failed"
	expect_ok head_set no_path_timeout -1
	wait_head state no-usable-path
	ask do_ioctl "/dev/$HEAD" $IOC_PATH
	expect_ok drv_set remove 1
	answered EAGAIN "what waited when the disk went"
	expect_ok head_gone
	head_destroy mt

	# A driver that does not want it.
	HEAD=''
	head_make mt omit=hold_ioctls
	unit_up 1
	hold_all
	expect_eq "$(do_ioctl "/dev/$HEAD" $IOC_PATH)" EAGAIN "an ioctl that is not held"
}
