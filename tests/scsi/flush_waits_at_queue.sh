#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a flush waits at the door of a path's queue, which comes back without a write cache: another path sends it, or fsync does not return 0"

# All of portal 1's disk that the flush has to pass is busy for so long, in ms.
BUSY=4000

flushes() { hostile count '*' 0 35; }

run()
{
	local reader setter flush before
	mpath_load multipath=on poll_secs=60
	hostile_up cache=1
	path_set "${P[2]}" admin_state standby
	dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
	# What is in flight keeps the queue from being given new limits.
	hostile rule 1 0 28 delay "$BUSY" >/dev/null
	dd if="/dev/${P[1]}" of=/dev/null bs=4k count=1 iflag=direct status=none &
	reader=$!
	read -r -t 0.5 <>"$STATE/clock" || :
	echo "write through" >"/sys/block/${P[1]}/queue/write_cache" &
	setter=$!
	read -r -t 0.5 <>"$STATE/clock" || :
	kill -0 "$setter" || fail "the limits were changed at once: nothing is tested"
	before=$(flushes)
	flush "$HEAD" &
	flush=$!
	wait "$reader" "$setter"
	wait "$flush" || fail "fsync failed"
	[ "$(flushes)" -gt "$before" ] || fail "fsync returned 0, and no flush was sent"
}
