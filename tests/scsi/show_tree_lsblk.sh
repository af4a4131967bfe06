#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="lsblk, slaves, holders and the multipath directory show one disk above its paths"
QUICK=1

run()
{
	local disk
	unit_up portals=3
	for disk in "${P[@]}"; do
		expect_ok test -e "/sys/block/$HEAD/slaves/$disk"
		expect_ok test -e "/sys/block/$disk/holders/$HEAD"
		expect_eq "$(readlink -f "/sys/block/$HEAD/multipath/$disk")" \
			"$(readlink -f "/sys/block/$disk")" "the link of $disk"
		expect_eq "$(lsblk -nlo NAME "/dev/$disk" | xargs)" "$disk $HEAD"
	done
	expect_eq "$(lsblk -nlso NAME "/dev/$HEAD" | tail -n +2 | sort | xargs)" \
		"$(printf '%s\n' "${P[@]}" | sort | xargs)" "lsblk -s"
	expect_eq "$(cat "/sys/block/$HEAD/size")" "$(cat "/sys/block/${P[1]}/size")"
	iscsi_logout 3
	wait_until 5 test ! -e "/sys/block/$HEAD/slaves/${P[3]}"
	wait_until 5 has_paths "$HEAD" 2
}
