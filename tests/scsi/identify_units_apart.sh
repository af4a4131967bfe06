#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="two units of one size behind the same portals never join, whatever the order"

run()
{
	local n other
	unit_up portals=2 luns=2
	wait_until 15 has_head "$(path_of 1 1)"
	other=$(head_of "$(path_of 1 1)")
	case $other in "$HEAD" | "") fail "LUN 1 is in '$other'" ;; esac
	for n in 1 2; do
		expect_eq "$(head_of "$(path_of $n 0)")" "$HEAD" "LUN 0, portal $n"
		wait_until 10 head_is "$(path_of $n 1)" "$other"
	done
	[ "$(cat "/sys/block/$HEAD/vpd_id")" != "$(cat "/sys/block/$other/vpd_id")" ] ||
		fail "two units with one id"
	# What is written to one is not in the other.
	expect_ok dd if=/dev/zero of="/dev/$other" bs=1M count=1 oflag=direct
	expect_ok dd if=/dev/urandom of="/dev/$HEAD" bs=1M count=1 oflag=direct
	cmp -n 1048576 "/dev/$other" /dev/zero || fail "$other has data of $HEAD"
}
