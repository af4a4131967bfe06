#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I/O is charged to the control group of whoever sent it, on the unit and on the path, after a failover too"

# cgroup_create: CGROUP, which counts I/O
cgroup_create()
{
	local root=$TMP/cgroup
	mkdir "$root"
	mount -t cgroup2 none "$root" || fail "no control groups"
	defer umount "$root"
	echo +io >"$root/cgroup.subtree_control" || fail "no I/O controller"
	CGROUP=$root/reader
	mkdir "$CGROUP"
	defer rmdir "$CGROUP"
}

# read_charged: 64 KiB of the unit, by a member of the group
read_charged()
{
	sh -c 'echo $$ >"$1/cgroup.procs" && exec dd if="/dev/$2" of=/dev/null bs=64k count=1 iflag=direct' \
		- "$CGROUP" "$HEAD"
}

# charged DISK: bytes read from it by the group, until now
charged()
{
	awk -v disk="$(cat "/sys/block/$1/dev")" '
		$1 == disk { sub(/.*rbytes=/, ""); sub(/ .*/, ""); bytes = $0 }
		END { print bytes + 0 }' "$CGROUP/io.stat"
}

# expect_charged DISK BYTES: the counts of a CPU are gathered by and by
expect_charged() { wait_until 10 is_charged "$1" "$2"; }
is_charged() { [ "$(charged "$1")" -eq "$2" ]; }

run()
{
	local other
	unit_up_debug add_host=3
	find_best
	for other in "${!P[@]}"; do
		[ "$(sdebug_state "${P[other]}")" != active/non-optimized ] || break
	done
	cgroup_create
	expect_ok read_charged
	expect_charged "$HEAD" 65536
	expect_charged "${P[A]}" 65536
	expect_charged "${P[other]}" 0

	# Sent again by a thread of the kernel, which is no member.
	sdebug_fail "${P[A]}" 0x28 -1
	expect_ok read_charged
	expect_eq "$(path_get "${P[A]}" failovers)" 1 "failovers"
	expect_charged "${P[other]}" 65536
}
