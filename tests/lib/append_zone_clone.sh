#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="F3: a zone append through a clone tells where it has written"
QUICK=1

run()
{
	disks_apart 1 zoned=1 zone_size=4
	unit_up 1
	expect_eq "$(drv_get append)" 0 "sector of the first block of the zone"
	expect_eq "$(drv_get append)" 8 "sector of the second"
	expect_eq "$(drv_get append)" 16 "sector of the third"
}
