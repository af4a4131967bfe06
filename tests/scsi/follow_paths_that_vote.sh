#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="V2: a path that is away does not make the unit read-only, and is asked before it is heard again"

is_ro() { [ "$(cat "/sys/block/$1/ro")" = "$2" ]; }
write() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct; }
protect() { echo "$1" >/sys/module/scsi_debug/parameters/wp; }

run()
{
	unit_up_active
	# Out of service, it is told that it is write-protected, and not that no more.
	path_set "${P[2]}" admin_state out-of-service
	protect 1
	echo 1 >"/sys/block/${P[2]}/device/rescan"
	protect 0
	is_ro "${P[2]}" 1 || fail "the path is not read-only"
	! within 3 is_ro "$HEAD" 1 || fail "read-only, as the path is that is out of service"
	expect_ok write
	path_set "${P[2]}" admin_state in-service
	! within 3 is_ro "$HEAD" 1 || fail "read-only, as the path was once"
	wait_path "${P[2]}" health good
	is_ro "${P[2]}" 0 || fail "the path is read-only"
	expect_ok write

	# A path that is in use is heard at once.
	expect_ok blockdev --setro "/dev/${P[2]}"
	wait_until 5 is_ro "$HEAD" 1
	expect_ok blockdev --setrw "/dev/${P[2]}"
	wait_until 5 is_ro "$HEAD" 0
}
