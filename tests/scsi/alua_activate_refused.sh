#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="explicit ALUA: a target that says it has it and refuses the command is told once through each path, and again when the admin says so"

run()
{
	local before
	unit_up tpgs=3 "states=active/optimized standby"
	# Only implicit from now on; what INQUIRY said before is known already.
	lio_group 1 alua_access_type 1
	lio_group 2 alua_access_type 1
	commands_begin "$RTPG" "$STPG"
	lio_alua 1 standby
	nudge "${P[1]}"
	wait_until 10 refusals_are 2
	wait_head state no-usable-path
	# An order makes it look at the states again.
	before=$(commands_sent "$RTPG")
	unit_set failback manual
	wait_until 10 commands_reached "$RTPG" $((before + 1))
	expect_eq "$(refusals)" 2 "refusals"
	# One that only brought a unit attention was sent again.
	expect_eq "$(commands_refused "$STPG")" 2 "commands to activate a group"
	lio_group 1 alua_access_type 3
	unit_set explicit_alua 1
	wait_path "${P[1]}" access_state active/optimized
}

refusals() { logged "the target refuses to activate"; }
refusals_are() { [ "$(refusals)" -eq "$1" ]; }
