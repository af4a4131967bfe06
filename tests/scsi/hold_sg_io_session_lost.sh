#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="H5: a command of SG_IO that is lost with its connection is sent again, but for one that must not be done twice"

count() { hostile count 1 0 "$1"; }

run()
{
	local before
	hostile_up portals=1
	before=$(count 28)
	hostile rule 1 0 28 close - 1 >/dev/null
	expect_ok sg_raw -t 60 -r 512 "/dev/$HEAD" 28 00 00 00 00 00 00 00 01 00
	expect_eq $(($(count 28) - before)) 2 "how often READ has come"

	wait_head state online
	before=$(count 1b)
	hostile rule 1 0 1b close - 1 >/dev/null
	expect_fail sg_raw -t 60 "/dev/$HEAD" 1b 00 00 00 01 00
	expect_eq $(($(count 1b) - before)) 1 "how often START STOP UNIT has come"
	wait_head state online
}
