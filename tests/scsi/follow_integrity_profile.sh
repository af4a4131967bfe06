#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit has the integrity profile of its paths, and verified I/O goes through with it"

profile() { cat "/sys/block/$1/integrity/format"; }

run()
{
	unit_up_active dif=1 dix=1 guard=0
	expect_eq "$(profile "${P[1]}")" T10-DIF-TYPE1-CRC "profile of a path"
	expect_eq "$(profile "$HEAD")" T10-DIF-TYPE1-CRC "profile of the unit"
	io_start "$HEAD"
	wait_ios "$HEAD" 100
	sdebug_fail "${P[$(busiest)]}" 0x2a
	wait_ios "$HEAD" 100
	[ "$(logged 'fail command 0x2a')" -gt 0 ] || fail "no write failed"
	io_finish
}
