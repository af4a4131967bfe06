#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="of a unit that only pass-through uses the LUN is unmapped behind one portal: SG_IO goes down the other path, each time"

ask() { sg_raw "/dev/$HEAD" 00 00 00 00 00 00; }

# With each of the two, as it is for the policy to say which is used.
unmapped()
{
	local asked
	hostile map "$1" 0 none >/dev/null
	asked=$(hostile count "$1" 0 00)
	for _ in 1 2 3 4 5; do expect_ok ask; done
	[ "$(hostile count "$1" 0 00)" -eq "$asked" ] || MET=1
	hostile map "$1" 0 0 >/dev/null
	wait_path "${P[$1]}" health good 60
}

run()
{
	mpath_load multipath=on poll_secs=60
	iscsi_start
	defer iscsi_stop
	hostile_create
	iscsi_login
	unit_find
	expect_ok ask
	unmapped 1
	unmapped 2
	[ -n "${MET:-}" ] || fail "none of the commands came to a LUN that is not mapped"
}
