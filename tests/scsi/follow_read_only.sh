#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit is read-only as long as one of its paths is"

is_ro() { [ "$(cat "/sys/block/$HEAD/ro")" = "$1" ]; }
write() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct; }

protect()
{
	local n
	echo "$1" >/sys/module/scsi_debug/parameters/wp
	for n in "${!P[@]}"; do
		echo 1 >"/sys/block/${P[n]}/device/rescan"
	done
}

run()
{
	unit_up_debug add_host=2
	is_ro 0 || fail "read-only from the start"
	protect 1
	wait_until 5 is_ro 1
	expect_fail write
	protect 0
	wait_until 5 is_ro 0
	expect_ok write

	expect_ok blockdev --setro "/dev/${P[2]}"
	wait_until 5 is_ro 1
	expect_ok blockdev --setrw "/dev/${P[2]}"
	wait_until 5 is_ro 0

	# What the admin says of the unit itself is his.
	expect_ok blockdev --setro "/dev/$HEAD"
	protect 0
	! within 2 is_ro 0 || fail "the admin's wish was undone"
}
