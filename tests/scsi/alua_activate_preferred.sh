#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="explicit ALUA: of several standby groups the preferred one is activated, and none while the admin forbids it"

run()
{
	unit_up portals=3 tpgs=3 "states=active/optimized standby standby"
	lio_group 3 preferred 1
	# Nor is it to be moved back in the meantime.
	unit_set failback manual
	unit_set explicit_alua 0
	io_start "$HEAD"
	wait_traffic 1
	lio_alua 1 standby
	wait_head state no-usable-path
	expect_eq "$(activations)" 0 "activations while forbidden"
	unit_set explicit_alua 1
	wait_path "${P[3]}" access_state active/optimized
	wait_traffic 3
	io_finish
	expect_eq "$(path_get "${P[1]}" access_state)" standby
	expect_eq "$(path_get "${P[2]}" access_state)" standby
	expect_eq "$(activations)" 1 "activations"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
