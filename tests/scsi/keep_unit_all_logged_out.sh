#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H3: a unit that is open outlives the logout of all its sessions, is found again under its name, and goes with the last close"

no_unit() { [ ! -e "/sys/block/$HEAD" ]; }
no_user() { [ "$(cat /sys/module/scsi_mpath/refcnt)" -eq 0 ]; }
log_out() { iscsi_logout 1 2; poll 10 has_paths "$HEAD" 0 || fail "the paths did not go"; }

held() { [ "$(head_get requeued)" -gt 0 ]; }

run()
{
	local held node reader
	unit_up portals=2
	held=$HEAD
	node=$(stat -c %t:%T "/dev/$HEAD")
	expect_eq "$(head_get delayed_removal_secs)" in-use "default"
	expect_ok unit_set failback 17
	expect_ok head_set no_path_timeout -1

	exec 8<"/dev/$HEAD"
	log_out
	expect_eq "$(head_get state)" no-usable-path "state"
	read_block &
	reader=$!
	wait_until 10 held
	expect_fail modprobe -r scsi_mpath
	iscsi_login
	unit_find
	wait "$reader" || fail "what was held failed"
	expect_eq "$HEAD $(stat -c %t:%T "/dev/$HEAD")" "$held $node" "name and number"
	expect_eq "$(unit_get failback) $(head_get no_path_timeout)" "17 -1" "settings of the unit that was found again"

	# It is open, and nothing more: the last close ends it.
	log_out
	[ -e "/sys/block/$HEAD" ] || fail "it did not wait"
	exec 8<&-
	wait_until 5 no_unit
	wait_until 5 no_user
	expect_eq "$(logged "$HEAD: failed")" 0 "told of a unit that goes"
}
