#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I5: beside scsi_dh_alua, which is told instead of us, the unit is asked for every few seconds, and the reason says so"

run()
{
	expect_ok modprobe scsi_dh_alua
	# It would take the devices of every test after this one.
	defer wait_until 10 modprobe -r scsi_dh_alua
	unit_up luns=2 size=16M "states=active/optimized active/non-optimized"
	unit_find 1
	expect_eq "$(cat "/sys/block/${P[2]}/device/dh_state")" alua "the handler"
	lio_remap 2 0 1
	wait_until 15 no_head "${P[2]}"
	lio_remap 2 1 1
	poll 40 is_path "${P[2]}" || fail "${P[2]} did not come home"
	wait_path "${P[2]}" health good
	expect_eq "$(path_get "${P[2]}" reason)" "unwatched, another handler has its sense data"
	wait_head state online
}
