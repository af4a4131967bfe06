#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="numa: one path per node carries everything, and says so"

run()
{
	local n current=0
	unit_up portals=3
	expect_ok head_set iopolicy numa
	io_start "$HEAD"
	# A machine of one node: one path has the node, the others have none.
	for n in 1 2 3; do
		case $(path_get "${P[n]}" numa_nodes) in
		0) [ "$current" -eq 0 ] || fail "two current paths"; current=$n ;;
		'') ;;
		*) fail "numa_nodes of ${P[n]}: $(path_get "${P[n]}" numa_nodes)" ;;
		esac
	done
	[ "$current" -ne 0 ] || fail "no path is current"
	wait_traffic "$current"
	traffic 500
	for n in 1 2 3; do
		[ "$n" -eq "$current" ] || expect_eq "${D[n]}" 0 "I/O of path $n"
	done
	io_finish
}
