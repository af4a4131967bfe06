#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="beside scsi_dh_alua, which came first, its states are followed"

run()
{
	expect_ok modprobe scsi_dh_alua
	# It would take the devices of every test after this one.
	defer wait_until 10 modprobe -r scsi_dh_alua
	mpath_load poll_secs=2
	unit_up "states=active/optimized active/non-optimized"
	expect_eq "$(cat "/sys/block/${P[1]}/device/dh_state")" alua "the handler"
	wait_path "${P[1]}" access_state active/optimized
	wait_path "${P[2]}" access_state active/non-optimized
	io_start "$HEAD"
	wait_traffic 1
	lio_alua 1 standby
	wait_traffic 2
	wait_path "${P[1]}" access_state standby
	lio_alua 1 active/optimized
	nudge "${P[1]}"
	wait_traffic 1
	io_finish
}
