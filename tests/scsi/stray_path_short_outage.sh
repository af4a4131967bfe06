#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a session is lost and back before anybody looks, its LUN is another unit's, and the target does not say so: the path is asked before it gets I/O"

logins_are() { [ "$(hostile logins 1)" -ge "$1" ]; }
runs() { [ "$(content "/sys/block/$1/device/state")" = running ]; }

# A unit that is open waits for its stray path.
home()
{
	hostile map 1 0 0 >/dev/null
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
	wait_path "${P[1]}" health good 30
}

run()
{
	local logins
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create portals=1 units=2
	hostile map 1 1 none >/dev/null
	hostile tell 1 0 >/dev/null
	LIO_LUNS=1 iscsi_login
	unit_find
	exec 9<>"/dev/$HEAD"
	for _ in 1 2 3; do
		expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
		logins=$(hostile logins 1)
		hostile map 1 0 1 >/dev/null
		hostile close 1 >/dev/null
		wait_until 15 logins_are $((logins + 1))
		wait_until 15 runs "${P[1]}"
		dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none
		hostile_blank 1
		home
	done
	exec 9>&-
}
