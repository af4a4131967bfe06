#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="paths that come together share the reports of one round, however slow the target and though each port tells of itself only"
PATHS=8

run()
{
	local reports n
	sdebug_create add_host="$PATHS"
	defer sdebug_destroy
	# Long against what it takes to make a disk a path.
	echo "$(slow 240)000000" >/sys/bus/pseudo/drivers/scsi_debug/ndelay
	commands_begin "$RTPG"
	# The disks are there: all of them become paths at once.
	mpath_load multipath=on poll_secs=3600
	unit_find_debug
	reports=$(commands_sent "$RTPG")
	note "$reports reports for $PATHS paths"
	# That of the first, perhaps without the last; that of the others; one that was asked for meanwhile.
	expect_le "$reports" $((3 * PATHS + 1)) "reports"
	for n in "${!P[@]}"; do
		expect_eq "$(path_get "${P[n]}" access_state)" "$(sdebug_state "${P[n]}")" "state of path $n"
	done
}
