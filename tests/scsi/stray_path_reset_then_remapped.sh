#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a target reports a reset, and within the same second that LUNs have changed: each path of the nexus is in doubt before it is used again"

# LUN 0 is the one that reports, LUN 1 the one that leads elsewhere.
run()
{
	local unit
	hostile_up portals=1 units=3
	wait_until 15 is_path "$(path_of 1 1)"
	unit=$(head_of "$(path_of 1 1)")
	expect_ok dd if=/dev/urandom of="/dev/$unit" bs=4k count=1 oflag=direct status=none
	hostile attention 1 0 29 00 >/dev/null
	nudge "${P[1]}"
	hostile map 1 1 2 >/dev/null
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
	timeout 20 dd if=/dev/urandom of="/dev/$unit" bs=4k count=1 oflag=direct conv=nocreat status=none
	hostile_blank 2
}
