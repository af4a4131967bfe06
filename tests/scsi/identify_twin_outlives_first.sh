#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="of two LUNs with one id the one in use is unmapped while its unit is open: the other one is not shown to who has it open"

are_two() { [ "$(logged "$HEAD: ${P[1]} and $1 are two LUNs")" -gt 0 ]; }

run()
{
	local twin
	# What is left alone is looked at so often, and an idle path asked.
	mpath_load multipath=on poll_secs=3
	hostile_up portals=1
	exec 9<>"/dev/$HEAD"
	hostile map 1 5 0 >/dev/null
	hostile_scan 1
	twin=$(hostile_disk 1 5)
	# It has said that it still leads to the unit, and goes before the other one is
	# looked at again.
	wait_until 15 are_two "$twin"
	hostile map 1 0 none >/dev/null
	nudge "${P[1]}"
	wait_head state gone 20
	sleep 8
	no_head "$twin" || fail "$twin is a path of $(head_of "$twin")"
	exec 9>&-
	put 1 "/sys/block/${P[1]}/device/delete"
	wait_until 20 has_head "$twin"
}
