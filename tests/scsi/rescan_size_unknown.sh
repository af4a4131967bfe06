#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="L1: paths whose size was refused while their ports were unavailable are asked again when those take I/O"
TIMEOUT=90

size_is() { [ "$(cat "/sys/block/$1/size")" -eq "$2" ]; }

run()
{
	local n old reader
	unit_up portals=2
	old=$(cat "/sys/block/$HEAD/size")
	for n in 1 2; do
		lio_alua $n unavailable
		nudge "${P[n]}"
		wait_path "${P[n]}" access_state unavailable
		# As the SCSI core does when a session is back.
		echo 1 >"/sys/block/${P[n]}/device/rescan"
		expect_eq "$(cat "/sys/block/${P[n]}/size")" 0 "size that is refused"
		wait_path "${P[n]}" health unfit
	done
	expect_eq "$(cat "/sys/block/$HEAD/size")" "$old" "size of the unit"
	expect_eq "$(logged "path ${P[1]} is not used: its size is not known")" 1 "lines in the log"
	wait_head state no-usable-path
	read_block &
	reader=$!
	for n in 1 2; do
		lio_alua $n active/optimized
		nudge "${P[n]}"
	done
	wait_head state online 25
	wait "$reader" || fail "a read that was held failed"
	expect_eq "$(cat "/sys/block/${P[1]}/size")" "$old" "size of a path"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
