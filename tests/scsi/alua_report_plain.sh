#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a target that refuses the extended header is asked without it, and never with it again once that is known"

# Reports asked for in this format: 2a is the extended one.
reports() { grep -c "cmd_start:.* raw=a3 $1 " "$TRACING/trace"; }
plain_reached() { [ "$(reports 0a)" -ge "$1" ]; }

run()
{
	local n disk first
	sdebug_create add_host=3
	defer sdebug_destroy
	for disk in $(sdebug_disks); do
		# ILLEGAL REQUEST, INVALID FIELD IN CDB, once. scsi_debug
		# itself takes no notice of the format.
		sdebug_sense "$disk" "$RTPG" 0x5 0x24 0x0 -1
	done
	commands_begin "$RTPG"
	mpath_load multipath=on poll_secs=1
	unit_find_debug
	for n in 1 2 3; do
		wait_path "${P[n]}" access_state "$(sdebug_state "${P[n]}")"
	done
	# Paths that come together ask at the same time, each for itself.
	expect_le "$(reports 2a)" 3 "reports with the extended header"
	first=$(reports 2a)
	wait_until 20 plain_reached 10
	expect_eq "$(reports 2a)" "$first" "reports with the extended header, later"
}
