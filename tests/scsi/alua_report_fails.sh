#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a target that answers no report at first is asked again soon, and I/O flows meanwhile"

all_failed() { [ "$(logged 'fail command 0xa3')" -eq 9 ]; }

run()
{
	local n disk
	sdebug_create add_host=3
	defer sdebug_destroy
	# Reports fail three times, each in its own way: a reservation conflict,
	# a lost connection, a hardware error.
	for disk in $(sdebug_disks); do
		case $(sdebug_state "$disk") in
		active/optimized) sdebug_rule "$disk" "2 -3 $RTPG 0 0 0x18 0 0 0" ;;
		active/non-optimized) sdebug_fail "$disk" "$RTPG" -3 ;;
		standby) sdebug_sense "$disk" "$RTPG" 0x4 0x44 0x0 -3 ;;
		esac
	done
	mpath_load multipath=on
	unit_find_debug
	io_start "$HEAD"
	wait_until 20 all_failed
	for n in 1 2 3; do
		wait_path "${P[n]}" access_state "$(sdebug_state "${P[n]}")"
	done
	io_finish
}
