#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a disk that device-mapper holds is left alone"

run()
{
	iscsi_start
	defer iscsi_stop
	lio_create portals=1
	defer lio_destroy
	iscsi_login
	P[1]=$(path_of 1)
	wait_until 5 test -b "/dev/${P[1]}"
	expect_ok dmsetup create mine \
		--table "0 $(cat "/sys/block/${P[1]}/size") linear /dev/${P[1]} 0"
	defer dmsetup remove --retry mine
	mpath_load
	wait_until 10 left_alone "${P[1]}"
	expect_ok no_head "${P[1]}"
	expect_ok dd if=/dev/zero of=/dev/mapper/mine bs=4k count=8 oflag=direct
}
