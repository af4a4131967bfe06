#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="a reservation is released though the path that took it is gone"

run()
{
	local n
	pr_up portals=3
	pr register 0 0xabc
	pr reserve 0xabc $WRITE_REGISTRANTS
	# Which path took it only the target knows.
	for n in 1 2 3 none; do
		[ "$n" != none ] || fail "the holder is $(holder), which is no path of ours"
		[ "$(holder)" != "host,i,$(isid_of "${P[n]}")" ] || break
	done
	head_set iopolicy round-robin
	io_start "$HEAD"
	iscsi_logout "$n"
	poll 10 has_paths "$HEAD" 2 || fail "the path did not go"
	! is_free || fail "the reservation went with its path: nothing is tested"
	pr release 0xabc $WRITE_REGISTRANTS
	wait_until 5 is_free
	# The others have lost and regained their key meanwhile.
	wait_keys host 0xabc 2
	wait_head state online
	io_finish
	pr clear 0xabc
}
