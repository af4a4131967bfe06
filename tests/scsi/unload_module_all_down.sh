#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="with every path down the module unloads all the same, and so do sessions end"

run()
{
	unit_up portals=2
	fault_all reset
	nudge "${P[1]}"
	nudge "${P[2]}"
	wait_head state no-usable-path
	mpath_unload
	expect_fail test -e "/sys/block/$HEAD"
	fault_clear
	wait_until 20 is_session 1 LOGGED_IN
	wait_until 20 is_session 2 LOGGED_IN
	# The session says so before its devices run.
	wait_until 10 grep -qx running "/sys/block/${P[1]}/device/state"
	wait_until 10 grep -qx running "/sys/block/${P[2]}/device/state"
	expect_ok dd if="/dev/${P[1]}" of=/dev/null bs=4k count=1 iflag=direct
	expect_ok dd if="/dev/${P[2]}" of=/dev/null bs=4k count=1 iflag=direct
}
