#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="the write cache is switched off at the array, and an admin rescans one path: the others follow, the unit has none, and no path is left out"

cache_is() { [ "$(cat "/sys/block/$HEAD/queue/write_cache")" = "write $1" ]; }

run()
{
	local n
	hostile_up cache=1
	cache_is back || fail "the unit has no write cache"
	hostile unit 0 cache 0 >/dev/null
	put 1 "/sys/block/${P[1]}/device/rescan"
	poll 20 cache_is through || fail "the unit still has a write cache"
	for n in 1 2; do wait_path "${P[n]}" health good 20; done
	wait_head state online

	hostile unit 0 cache 1 >/dev/null
	put 1 "/sys/block/${P[2]}/device/rescan"
	poll 20 cache_is back || fail "the unit has no write cache again"
	for n in 1 2; do wait_path "${P[n]}" health good 20; done
}
