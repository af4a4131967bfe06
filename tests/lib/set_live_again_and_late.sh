#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="set_live: again changes nothing, after the removal of the disk it is ENODEV"

run()
{
	disks_apart 2
	unit_up 1
	expect_ok path_live 1
	expect_eq "$(find "/sys/block/$HEAD/multipath" -type l | wc -l)" 1 "links"
	path_make 2
	expect_ok path_add 2
	expect_ok path_live 2
	expect_ok path_live 1
	expect_eq "$(find "/sys/block/$HEAD/multipath" -type l | wc -l)" 2 "links"
	expect_ok path_del 1
	expect_ok path_del 2
	expect_ok head_gone
	# Too late: the head never gets its disk back.
	expect_ok path_add 1
	expect_errno ENODEV 1 "$MPATH_TEST/$HEAD/p1/live"
	expect_ok path_del 1
	expect_errno ENOENT 1 "$MPATH_TEST/$HEAD/p1/live"
}
