#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="H9: explicit ALUA: a group cannot be activated because its LUN is not there just now: the other one is, at once, and the command is not given up"

run()
{
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create
	hostile set "*" 0 tpgs 3 >/dev/null
	iscsi_login
	unit_find
	hostile alua 2 standby >/dev/null
	nudge "${P[2]}"
	wait_path "${P[2]}" access_state standby
	io_start "$HEAD"
	wait_traffic 1
	# LOGICAL UNIT NOT SUPPORTED
	hostile rule 1 0 a4 sense 5/25/0 >/dev/null
	hostile alua 1 standby >/dev/null
	wait_path "${P[2]}" access_state active/optimized
	wait_traffic 2
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_eq "$(logged "target port group 1 could not be activated")" 1 "failed activations"
	expect_eq "$(logged "refuses to activate")" 0 "refusals"
	expect_stall 1500
}
