#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="all paths in ANA change: I/O is held; a change that outlasts ANATT twice resets the controller"
TIMEOUT=120

said() { dmesg | awk -v from="$FROM" 'NR > from' | grep -c "ANATT timeout, resetting"; }
was_reset() { [ "$(said)" -ge 1 ]; }

run()
{
	local anatt
	unit_up
	FROM=$(dmesg | wc -l)
	anatt=$(nvme id-ctrl "/dev/${C[1]}" -o json | jq .anatt)
	io_start "$HEAD"
	nvmet_ana_all change
	wait_ana 1 change
	wait_ana 2 change
	nvmet_ana 2 non-optimized
	wait_traffic 2
	expect_eq "$(said)" 0 "resets before the time is over"
	wait_until $((2 * anatt + 10)) was_reset
	wait_ctrl 1 live
	wait_ana 1 change
	nvmet_ana 1 optimized
	wait_traffic 1
	io_finish
}
