#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="beside scsi_dh_alua, ten seconds of transition are seen, and no I/O fails"
TIMEOUT=180

run()
{
	local array
	expect_ok modprobe scsi_dh_alua
	# It would take the devices of every test after this one.
	defer modprobe -r scsi_dh_alua
	unit_up "groups=1 1"
	lio_group 1 trans_delay_msecs 10000
	io_start "$HEAD"
	lio_alua 1 active/non-optimized &
	array=$!
	wait_path "${P[1]}" access_state transitioning
	wait_path "${P[2]}" access_state transitioning
	wait_path "${P[1]}" access_state active/non-optimized 30
	wait_ios "$HEAD" 100
	wait_head state online
	wait "$array"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_stall 15000 10000
}
