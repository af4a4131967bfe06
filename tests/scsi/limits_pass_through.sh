#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="discard, write zeroes, FUA and flush of the paths are those of the unit"

limit() { cat "/sys/block/$1/queue/$2"; }
# The SCSI commands as the target's own disk sees them are counted by opcode.
count() { grep -c "$1" /sys/kernel/tracing/trace; }

run()
{
	local name
	unit_up portals=2 backend=file
	for name in discard_max_bytes discard_granularity write_zeroes_max_bytes \
		fua write_cache logical_block_size physical_block_size \
		max_hw_sectors_kb rotational; do
		expect_eq "$(limit "$HEAD" $name)" "$(limit "${P[1]}" $name)" "$name"
	done
	[ "$(limit "$HEAD" discard_max_bytes)" -gt 0 ] || fail "no discard"
	expect_eq "$(limit "$HEAD" write_cache)" "write back"

	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=1M count=4 oflag=direct
	expect_ok blkdiscard -o 0 -l 1M "/dev/$HEAD"
	expect_ok blkdiscard -z -o 1M -l 1M "/dev/$HEAD"
	cmp -n 2097152 "/dev/$HEAD" /dev/zero || fail "not zero"

	echo 1 >/sys/kernel/tracing/events/scsi/scsi_dispatch_cmd_start/enable
	defer sh -c 'echo 0 >/sys/kernel/tracing/events/scsi/enable'
	echo >/sys/kernel/tracing/trace
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct,dsync
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct conv=fsync
	[ "$(count 'SYNCHRONIZE_CACHE\|fua=1')" -ge 2 ] || fail "no flush, no FUA"
}
