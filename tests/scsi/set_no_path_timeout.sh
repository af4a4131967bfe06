#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="no_path_timeout: default by module parameter, 0 and -1 at run time, nonsense refused"
QUICK=1

run()
{
	local bad
	mpath_load no_path_timeout=77
	unit_up portals=1
	expect_eq "$(head_get no_path_timeout)" 77
	for bad in -2 abc '' 5x 99999999999; do
		expect_fail head_set no_path_timeout "$bad"
		expect_eq "$(head_get no_path_timeout)" 77 "after '$bad', the value"
	done

	expect_ok head_set no_path_timeout -1
	expect_eq "$(head_get no_path_timeout)" -1
	io_start "$HEAD"
	fault_all reset
	wait_head state no-usable-path
	# What is already waiting obeys the new value.
	expect_ok head_set no_path_timeout 0
	wait_until 5 io_ended
	wait_head state failed
	fault_clear
	wait_head state online 30
}
