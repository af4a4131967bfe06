#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I1: two LUNs of a portal with one id and of one size are never paths of one unit, and the log names both; what only a vendor vouches for names no unit unless multipath=always"

settled() { is_path "$1" || left_alone "$1"; }

# None of a unit's paths share a portal, and all of them are of one LUN.
lun_of() { hctl_of "$1" | cut -d: -f4; }

run()
{
	local disk disks twins=() lun
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	lio_create portals=2 luns=2 size=16M serial=7e57
	defer lio_destroy
	iscsi_login
	disks=("$(path_of 1 0)" "$(path_of 2 0)" "$(path_of 1 1)" "$(path_of 2 1)")
	for disk in "${disks[@]}"; do
		wait_until 15 settled "$disk"
	done
	wait_until 10 test -b /dev/mpatha
	HEAD=mpatha
	poll 10 has_paths mpatha 2 || fail "paths of mpatha: $(paths_of mpatha | xargs)"
	lun=$(lun_of "$(paths_of mpatha | head -n 1)")
	for disk in "${disks[@]}"; do
		[ "$(lun_of "$disk")" = "$lun" ] || twins+=("$disk")
	done
	expect_ok dd if=/dev/urandom of=/dev/mpatha bs=1M count=1 oflag=direct status=none
	for disk in "${twins[@]}"; do
		no_head "$disk" || fail "$disk, LUN $(lun_of "$disk"), is a path like LUN $lun"
		cmp -n 1048576 "/dev/$disk" /dev/zero || fail "$disk has what was written to mpatha"
	done
	[ "$(logged "mpatha: .*sd[a-z]+ and sd[a-z]+.* one id")" -gt 0 ] || fail "not a line in the log"
	lio_destroy
	mpath_unload

	# NAA 3h, locally assigned
	mpath_load multipath=on
	sdebug_create uuid_ctl=0
	defer sdebug_destroy
	for disk in $(sdebug_disks); do
		wait_until 10 left_alone "$disk"
	done
	mpath_unload
	mpath_load multipath=always
	unit_find_debug
}
