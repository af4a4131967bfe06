#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="three hosts report three ALUA states, each of its own group only"
QUICK=1

run()
{
	local n state best
	unit_up_debug add_host=3
	for n in 1 2 3; do
		state=$(sdebug_state "${P[n]}")
		wait_path "${P[n]}" access_state "$state"
		# The group id is made from the host number.
		expect_eq "$(path_get "${P[n]}" tpg)" \
			$((($(host_no "${P[n]}") + 1) % 128 * 256)) "tpg of ${P[n]}"
		[ "$state" != active/optimized ] || best=$n
	done
	wait_head state degraded
	io_start "$HEAD"
	wait_traffic "$best"
	io_finish
}
