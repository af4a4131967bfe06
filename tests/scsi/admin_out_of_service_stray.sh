#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="the other path is idle and leads elsewhere, which nobody knows: the one in use is not taken out of service"

run()
{
	mpath_load multipath=on poll_secs=60
	hostile_up units=2
	exec 9<>"/dev/$HEAD"
	# One that was asked, or had I/O, a second ago is believed.
	read -r -t 2 <>"$STATE/clock"
	hostile map 2 0 1 >/dev/null
	expect_fail path_set "${P[1]}" admin_state out-of-service
	path_has "${P[1]}" admin_state in-service || fail "${P[1]} is out of service"
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
	exec 9>&-
	hostile_blank 1
}
