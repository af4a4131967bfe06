#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a flush is lost with the only path, which had refused another command meanwhile: the flush is held, and ends well"

count_is_above() { [ "$(hostile count 1 0 35)" -gt "$1" ]; }

run()
{
	local writer flushes
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create portals=1
	# Without a cache there is nothing to be flushed.
	hostile unit 0 cache 1 >/dev/null
	iscsi_login
	unit_find
	flushes=$(hostile count 1 0 35)
	hostile rule 1 0 35 swallow >/dev/null
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 conv=fsync status=none &
	writer=$!
	wait_until 15 count_is_above "$flushes"
	# START STOP UNIT is not known to the target: ILLEGAL REQUEST.
	sg_raw "/dev/${P[1]}" 1b 00 00 00 00 00 >/dev/null 2>&1
	fault_reset 1
	hostile close 1 >/dev/null
	wait_until 15 head_is_not online
	hostile obey >/dev/null
	sleep 2
	kill -0 "$writer" 2>/dev/null || fail "the flush did not wait for its path"
	fault_clear
	expect_ok wait "$writer"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}

head_is_not() { [ "$(head_get state)" != "$1" ]; }
