#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="V3: a path that does not say to which unit it leads does not keep the unit from growing, and has its vote back when it does"

size_is() { [ "$(cat "/sys/block/$1/size")" -eq "$2" ]; }

run()
{
	local n old
	hostile_up portals=3
	old=$(cat "/sys/block/$HEAD/size")
	# It is asked for its unit, and nothing is heard for a while.
	hostile rule 1 0 12 delay 30000 >/dev/null
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
	wait_until 15 not_good "${P[1]}"

	hostile unit 0 blocks $((old * 2)) >/dev/null
	for n in 2 3; do put 1 "/sys/block/${P[n]}/device/rescan"; done
	poll 10 size_is "$HEAD" $((old * 2)) || fail "$HEAD has not grown"
	not_good "${P[1]}" || fail "${P[1]} was not in doubt meanwhile"
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=4k seek=$((old / 8)) count=1 oflag=direct

	hostile obey 1 >/dev/null
	wait_path "${P[1]}" health good 90
	wait_until 20 size_is "${P[1]}" $((old * 2))
	wait_head state online
}

not_good() { [ "$(path_get "$1" health)" != good ]; }
