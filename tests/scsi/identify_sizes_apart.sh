#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="two units that claim one identity but differ in size never join"

settled() { has_head "$1" || left_alone "$1"; }
size_of() { cat "/sys/block/$1/size"; }

run()
{
	local disk disks=() others=()
	mpath_load
	iscsi_start
	defer iscsi_stop
	lio_create portals=2 luns=2 size=64M,32M serial=7e57
	defer lio_destroy
	iscsi_login
	disks=("$(path_of 1 0)" "$(path_of 1 1)" "$(path_of 2 0)" "$(path_of 2 1)")
	for disk in "${disks[@]}"; do
		wait_until 15 settled "$disk"
		HEAD=$(head_of "$disk") || continue
		# Whoever came first decides; nobody else is let in.
		expect_eq "$(size_of "$disk")" "$(size_of "$HEAD")" "size of $disk"
	done
	HEAD=$(head_of "${disks[0]}") || HEAD=$(head_of "${disks[1]}") ||
		fail "no unit at all"
	for disk in "${disks[@]}"; do
		[ "$(size_of "$disk")" = "$(size_of "$HEAD")" ] || others+=("$disk")
	done
	P=("${others[@]}")
	io_start "$HEAD"
	traffic 200
	expect_eq "${D[*]}" "0 0" "I/O to the disks of the other size"
	io_finish
}
