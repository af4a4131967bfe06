#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="numa: one path carries everything"

run()
{
	local n
	unit_up portals=3
	expect_eq "$(subsys_get iopolicy)" numa "the default policy"
	io_start "$HEAD"
	n=$(busiest) || exit
	wait_traffic "$n"
	traffic 500
	expect_eq "$((D[1] + D[2] + D[3]))" "${D[n]}" "I/O of all paths"
	if [ -e "/sys/block/${P[1]}/numa_nodes" ]; then
		expect_eq "$(path_get "${P[n]}" numa_nodes)" 0 "node of the path in use"
		expect_eq "$(path_get "${P[n % 3 + 1]}" numa_nodes)" "" "node of another path"
	fi
	io_finish
}
