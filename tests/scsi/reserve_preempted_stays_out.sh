#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="a host whose key another host has preempted does not get it back by itself"

run()
{
	pr_up portals=2
	pr register 0 0xabc
	wait_keys host 0xabc 2
	other_host_up
	other_pr --register --param-sark=0x777
	other_pr --preempt --param-rk=0x777 --param-sark=0xabc --prout-type=5
	wait_keys host 0xabc 0

	# A path that comes back is where a host would register again.
	echo on >/sys/module/scsi_mpath/parameters/multipath
	iscsi_logout 2
	iscsi_login 2
	poll 15 has_paths "$HEAD" 2 || fail "the path did not come back"
	wait_head state online
	wait_keys host 0xabc 0
	[ "$(logged "$HEAD: the target has lost our reservation key")" -gt 0 ] ||
		fail "nothing was said of it"
	other_pr --reserve --param-rk=0x777 --prout-type=5
	wait_keys other 0x777 1
	expect_fail dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct
	other_pr --clear --param-rk=0x777
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct
}
