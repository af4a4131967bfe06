#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a target port that goes offline (02/04/12) for good answers moves I/O, and returns"

offline() { put "$1" "$(lio_tpg "$A")/lun/lun_0/alua_tg_pt_offline"; }

run()
{
	unit_up portals=2
	io_start "$HEAD"
	find_user
	# Not an ALUA state of the group: RTPG goes on to say optimized. Only
	# the answers to commands through this port tell.
	offline 1
	wait_traffic "$B"
	wait_path "${P[A]}" health suspect
	wait_head state degraded
	offline 0
	wait_path "${P[A]}" health good 40
	wait_head state online
	io_finish
	expect_stall 500
}
