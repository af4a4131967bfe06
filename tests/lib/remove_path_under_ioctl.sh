#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="an ioctl keeps its path: the removal waits for it, unless the driver has a reference of its own"

ioctl_runs() { [ "$(path_get 1 ioctls)" -gt 0 ]; }
ended() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local ioctl del file
	disks_apart 2
	unit_up 2
	# So that it is path 1 on which an ioctl runs.
	expect_ok path_set 2 state nonoptimized
	for file in "/dev/${HEAD}c" "/dev/$HEAD"; do
		expect_ok drv_set ioctl_ms 60000
		do_ioctl "$file" $IOC_PATH >"$TMP/result" &
		ioctl=$!
		wait_until 10 ioctl_runs
		path_del 1 &
		del=$!
		within 1 ended "$del" && fail "the path went under the ioctl"
		kill -0 "$ioctl" || fail "the ioctl has already ended"
		# The other path neither waits nor is waited for.
		expect_ok timeout "$(slow 5)" dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
		expect_ok drv_set ioctl_ms 0
		wait "$ioctl" || fail "the ioctl failed"
		wait_until 5 ended "$del"
		expect_ok path_back 1
	done
	expect_eq "$(sed -n 1p "$TMP/result")" ENOTTY "null_blk has no ioctl of its own: result"

	expect_ok drv_set own_ref 1
	expect_ok drv_set ioctl_ms 60000
	do_ioctl "/dev/${HEAD}c" $IOC_PATH >"$TMP/result" &
	ioctl=$!
	poll 10 path_runs_ioctl || fail "no ioctl runs"
	del=$BUSY
	expect_ok timeout "$(slow 10)" bash -c "echo 0 >$MPATH_TEST/$HEAD/p$del/added"
	kill -0 "$ioctl" || fail "the ioctl has already ended"
	expect_ok drv_set ioctl_ms 0
	wait "$ioctl"
	expect_eq "$(cat "$TMP/result")" "$del" "the path of the ioctl that went on without it"

	# An ioctl that takes away the very path it runs on, and then the last.
	expect_ok path_back "$del"
	del=$(do_ioctl "/dev/${HEAD}c" $IOC_DELETE)
	expect_ok path_has "$del" added 0
	del=$(do_ioctl "/dev/${HEAD}c" $IOC_DELETE)
	expect_ok path_has "$del" added 0
	expect_ok head_gone
}

path_runs_ioctl()
{
	for BUSY in 1 2; do
		[ "$(path_get "$BUSY" ioctls)" -eq 0 ] || return 0
	done
	return 1
}
