#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="the hostile target is a target like any other until it is told what to do, and then does that"

run()
{
	hostile_up
	expect_eq "$(blockdev --getsize64 "/dev/$HEAD")" $((64 << 20)) "size"
	io_start "$HEAD"
	wait_traffic 1 2
	io_finish
	printf 'told' | dd of="/dev/$HEAD" bs=512 seek=2 conv=sync oflag=direct status=none
	expect_eq "$(hostile peek 0 1024 4)" "$(printf 'told' | od -An -tx1 | tr -d ' \n')" "what was written"

	hostile rule 1 0 28 sense 3/11/00 1 >/dev/null
	hostile rule 2 0 28 sense 3/11/00 1 >/dev/null
	expect_fail dd if="/dev/${P[1]}" of=/dev/null bs=4k count=1 iflag=direct status=none
	expect_ok dd if="/dev/${P[1]}" of=/dev/null bs=4k count=1 iflag=direct status=none

	hostile alua 1 standby >/dev/null
	hostile attention 1 0 2a 06 >/dev/null
	nudge "${P[1]}"
	wait_path "${P[1]}" access_state standby
}
