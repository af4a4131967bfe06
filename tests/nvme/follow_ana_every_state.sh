#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="every ANA state of a path: I/O leaves it or stays, as the state says, and comes back"
QUICK=1

run()
{
	local state
	unit_up portals=2 "states=optimized non-optimized"
	io_start "$HEAD"
	wait_traffic 1
	for state in inaccessible persistent-loss change non-optimized; do
		[ "$state" = non-optimized ] && nvmet_ana 2 optimized
		nvmet_ana 1 "$state"
		wait_ana 1 "$state"
		wait_traffic 2
		nvmet_ana 1 optimized
		nvmet_ana 2 non-optimized
		wait_ana 1 optimized
		wait_traffic 1
	done
	io_finish
	expect_stall 500
}
