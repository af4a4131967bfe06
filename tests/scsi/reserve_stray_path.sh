#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="I3: behind an idle path the LUN is given to another unit: no reservation command of ours reaches that one"

# keys_at UNIT: how many registrations it has
keys_at()
{
	grep -c "Key: 0x" "$(lio_units | grep "/unit$1\$")/pr/res_pr_registered_i_pts"
}

run()
{
	pr_up luns=2 size=16M "states=active/optimized active/non-optimized"
	unit_find 1
	expect_ok read_block
	# Now both are idle.
	sleep 2
	lio_remap 2 0 1
	pr register 0 0xabc
	expect_eq "$(keys_at 1)" 1 "paths of the unit that have the key"
	expect_eq "$(keys_at 0)" 0 "keys at the other unit"
	pr reserve 0xabc $WRITE_REGISTRANTS
	pr release 0xabc $WRITE_REGISTRANTS
	pr clear 0xabc
	expect_eq "$(keys_at 0)" 0 "keys at the other unit afterwards"
}
