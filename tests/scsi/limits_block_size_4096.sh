#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit of 4096 byte blocks: refuses less, carries verified I/O through a failover"

run()
{
	unit_up portals=2 block=4096
	expect_eq "$(blockdev --getss "/dev/$HEAD")" 4096
	expect_eq "$(blockdev --getsize64 "/dev/$HEAD")" \
		"$(blockdev --getsize64 "/dev/${P[1]}")"
	expect_fail dd if="/dev/$HEAD" of=/dev/null bs=512 count=1 iflag=direct
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	io_finish
}
