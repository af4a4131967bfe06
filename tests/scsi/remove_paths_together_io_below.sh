#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="both paths leave while one has I/O below it: the unit waits for that one"
QUICK=1
TIMEOUT=90

# Some seconds, in timer ticks: longer than the idle path takes to leave.
DELAY=1500

busy_path()
{
	local n
	for n in "${!P[@]}"; do
		awk '{ exit $1 == 0 }' "/sys/block/${P[n]}/inflight" || continue
		BUSY=$n
		return 0
	done
	return 1
}

delete() { echo 1 >"/sys/block/$1/device/delete"; }

run()
{
	local reader BUSY='' idle
	unit_up_debug add_host=2
	sdebug_delay "$DELAY"
	dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct 2>/dev/null &
	reader=$!
	wait_until 10 busy_path
	idle=$((3 - BUSY))
	delete "${P[BUSY]}" &
	wait_until 5 test ! -e "/sys/block/$HEAD/multipath/${P[BUSY]}"
	delete "${P[idle]}" &
	wait_until 5 test ! -e "/sys/block/$HEAD/multipath/${P[idle]}"
	# Else the test would have tested nothing.
	expect_ok kill -0 "$reader"
	# What it read is all right, or its path was gone before: either will do.
	wait "$reader" || true
	wait_until 30 test ! -e "/sys/block/$HEAD"
	wait
}
