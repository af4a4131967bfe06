#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="H8: a path that comes back is given a key through a silent one: the I/O of other units goes on meanwhile"
TIMEOUT=180

WQ=/sys/devices/virtual/workqueue/mpath-wq/max_active

restore() { [ ! -e "$WQ" ] || echo "$1" >"$WQ"; }

run()
{
	local max
	mpath_load multipath=on
	# What many units do is done by one.
	max=$(cat "$WQ")
	put 1 "$WQ"
	defer restore "$max"
	mkdir -p /etc/target/pr /var/target/pr
	iscsi_start 60
	defer iscsi_stop
	lio_create portals=3 luns=2 size=16M \
		"states=active/non-optimized active/non-optimized active/optimized"
	defer lio_destroy
	# The first path is the first to be asked for keys.
	iscsi_login 1
	wait_until 15 is_path "$(path_of 1 0)"
	iscsi_login 2 3
	unit_find
	pr register 0 0xabc
	unit_find 1
	expect_ok path_set "${P[1]}" admin_state out-of-service
	io_start "$HEAD"
	wait_traffic 3
	iscsi_logout 2
	poll 10 has_paths "$HEAD" 2 || fail "the path did not go"
	fault_drop 1
	iscsi_login 2
	poll 30 is_path "$(path_of 2 1)" || fail "the other unit has not got its path back"
	note "the path that comes back: $(path_get "$(path_of 2 0)" reason)"
	P[2]=$(path_of 2 1)
	wait_path "${P[2]}" health good
	fault_reset 3
	wait_traffic 2
	fault_clear
	io_finish
	expect_stall 3000
}
