#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a disk is left alone beside one that is mounted, and its port gives no page worth the name meanwhile: it is a path when the other one is unmounted"

run()
{
	iscsi_start
	defer iscsi_stop
	hostile_create
	iscsi_login
	P[1]=$(path_of 1)
	P[2]=$(path_of 2)
	expect_ok mkfs.ext4 -q "/dev/${P[1]}"
	mkdir -p /mnt/plain
	expect_ok mount "/dev/${P[1]}" /mnt/plain
	defer unmount /mnt/plain
	mpath_load multipath=on poll_secs=2
	wait_until 20 left_alone "${P[2]}"
	hostile set 2 0 qualifier 1 >/dev/null
	read -r -t 6 <>"$STATE/clock"
	hostile set 2 0 qualifier 0 >/dev/null
	hostile set 2 0 page83 "$(hostile_page 0114000400000002)" >/dev/null
	read -r -t 6 <>"$STATE/clock"
	hostile set 2 0 page83 none >/dev/null
	expect_ok umount /mnt/plain
	wait_until 20 is_path "${P[2]}"
	wait_until 20 is_path "${P[1]}"
}
