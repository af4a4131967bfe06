#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="F1: the path that has told of a write cache is lost: a flush waits for it, and is not answered by one that knows of none"

SYNCHRONIZE_CACHE=0x35

cache_is() { [ "$(content "/sys/block/$1/queue/write_cache")" = "$2" ]; }
flush() { dd if=/dev/null of="/dev/$HEAD" conv=fsync,notrunc status=none; }
ended() { ! kill -0 "$1" 2>/dev/null; }

run()
{
	local flush disk
	mpath_load multipath=on
	iscsi_start 2
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login 1
	disk=$(path_of 1)
	wait_until 15 has_head "$disk"
	# It will not be told of the cache, as often as it is asked.
	echo "temporary write through" >"$(echo "/sys/block/$disk"/device/scsi_disk/*/cache_type)" ||
		fail "no cache_type"
	put 1 "$(lio_units)/attrib/emulate_write_cache"
	iscsi_login 2
	unit_find
	wait_until 10 cache_is "$HEAD" "write back"
	wait_path "${P[1]}" health unfit
	expect_eq "$(path_get "${P[1]}" reason)" "its write cache is not that of the unit"
	# Until it has answered twice, and says the same.
	sleep 3
	commands_begin $SYNCHRONIZE_CACHE
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none

	fault_reset 2
	wait_head state no-usable-path
	flush &
	flush=$!
	within 4 ended "$flush" && fail "a flush was answered while nobody could be asked to flush"
	expect_ok cache_is "$HEAD" "write back"
	expect_eq "$(commands_sent $SYNCHRONIZE_CACHE)" 0 "flushes sent meanwhile"
	fault_clear
	wait "$flush" || fail "a flush failed though its path came back"
	expect_eq "$(commands_sent $SYNCHRONIZE_CACHE)" 1 "flushes sent"

	# An admin knows better.
	fault_reset 2
	wait_head state no-usable-path
	put "write through" "/sys/block/$HEAD/queue/write_cache"
	wait_path "${P[1]}" health good
	expect_ok flush
}
