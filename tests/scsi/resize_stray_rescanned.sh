#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="the LUN of the only path is given to a larger unit without a word, and an admin rescans it: the unit does not take that size, nor its write protection"

run()
{
	local size n
	hostile_up portals=1 units=2
	exec 9<>"/dev/$HEAD"
	size=$(cat "/sys/block/$HEAD/size")
	hostile unit 1 blocks $((size * 2)) >/dev/null
	hostile unit 1 protected 1 >/dev/null
	hostile map 1 0 1 >/dev/null
	put 1 "/sys/block/${P[1]}/device/rescan"
	for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
		expect_eq "$(cat "/sys/block/$HEAD/size")" "$size" "size of the unit"
		expect_eq "$(cat "/sys/block/$HEAD/ro")" 0 "write protection of the unit"
		read -r -t 0.5 <>"$STATE/clock" || :
	done
	wait_until 20 strayed
	exec 9>&-
}

strayed() { [ "$(logged "path ${P[1]} leads to another unit now")" -gt 0 ]; }
