#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="explicit ALUA: another host takes the unit away again and again; this one does not pull it back each time"

run()
{
	local end
	unit_up tpgs=3 "states=active/optimized standby"
	unit_set failback immediate
	fault_reset 1
	# An idle connection learns of it with the next NOP, or with this.
	nudge "${P[1]}"
	wait_path "${P[2]}" access_state active/optimized 15
	expect_eq "$(activations)" 1 "activations"
	# The other host sees portal 1 only, and wants the unit there.
	end=$((SECONDS + 15))
	while [ "$SECONDS" -lt "$end" ]; do
		lio_alua 2 standby
		nudge "${P[2]}"
		# It may be activated right now: whether it was in standby, the count tells.
		poll 2 path_has "${P[2]}" access_state active/optimized
	done
	lio_alua 2 standby
	nudge "${P[2]}"
	wait_path "${P[2]}" access_state standby
	# Once after 10 s; the next would be 20 s later.
	expect_eq "$(activations)" 2 "activations in 15 s"
}
