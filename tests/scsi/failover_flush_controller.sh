#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a controller fails a flush, or a write, by an error of its own, while the other path is in reserve: that one does it"

write_head() { dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none; }

run()
{
	hostile_up cache=1
	# HARDWARE ERROR, INTERNAL TARGET FAILURE
	hostile rule 1 0 35 sense 4/44/0 >/dev/null
	path_set "${P[2]}" admin_state standby
	expect_ok flush "$HEAD"
	[ "$(hostile count 2 0 35)" -gt 0 ] || fail "no flush came to the other path"
	wait_path "${P[1]}" health good 20
	# It has just passed a probe, and says no again.
	hostile rule 1 0 2a sense 4/44/0 >/dev/null
	expect_ok write_head
	[ "$(hostile count 2 0 2a)" -gt 0 ] || fail "no write came to the other path"
}
