#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="V2: a path that is away does not make the unit read-only, and is asked before it is heard again"

is_ro() { [ "$(cat "/sys/block/$HEAD/ro")" = "$1" ]; }
write() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct; }

run()
{
	unit_up_active
	path_set "${P[2]}" admin_state out-of-service
	expect_ok blockdev --setro "/dev/${P[2]}"
	! poll 3 is_ro 1 || fail "read-only, as the path is that is out of service"
	expect_ok write
	# It may have been write-protected once, and is not by the target now. A rescan
	# does not undo what an admin says: that is done for it.
	path_set "${P[2]}" admin_state in-service
	wait_path "${P[2]}" health unfit
	expect_eq "$(path_get "${P[2]}" reason)" "it is read-only, the unit is not"
	expect_ok blockdev --setrw "/dev/${P[2]}"
	wait_path "${P[2]}" health good
	is_ro 0 || fail "read-only with all paths back"
	expect_ok write

	# A path that is in use is heard at once.
	expect_ok blockdev --setro "/dev/${P[2]}"
	wait_until 5 is_ro 1
	expect_ok blockdev --setrw "/dev/${P[2]}"
	wait_until 5 is_ro 0
}
