#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="of two paths one says that its LUN is not mapped, and the other's device goes without a word: the unit is not gone, and waits for no_path_timeout"

run()
{
	local writer
	mpath_load multipath=on poll_secs=5
	iscsi_start
	defer iscsi_stop
	hostile_create
	iscsi_login
	unit_find
	exec 9<>"/dev/$HEAD"
	hostile map 1 0 none >/dev/null
	nudge "${P[1]}"
	wait_until 15 logged_once "path ${P[1]}: the target says that it has no such LUN"
	iscsi_logout 2
	wait_until 10 has_paths "$HEAD" 1
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none &
	writer=$!
	! within 4 ended "$writer" || fail "the write did not wait: the unit is $(head_get state)"
	iscsi_login 2
	wait "$writer" || fail "the write failed"
	exec 9>&-
	expect_eq "$(logged "$HEAD: gone")" 0 "how often it was gone"
}

logged_once() { [ "$(logged "$1")" -gt 0 ]; }
ended() { [ ! -e "/proc/$1" ]; }
