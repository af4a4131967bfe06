#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="I2: new firmware gives a unit that is in use a second, better designator: each path stays, and one that is found anew joins it"

NAA_5=0103000850014050000000ab
NAA_6=0103001060014050000000010000000000000001

has_asked() { [ "$(hostile count "$1" 0 12)" -gt "$2" ]; }

# INQUIRY DATA HAS CHANGED, and each path is asked what it leads to.
upgrade()
{
	local n asked=()
	for n in 1 2; do asked[n]=$(hostile count $n 0 12); done
	hostile set '*' 0 page83 "$(hostile_page "$NAA_6$NAA_5")" >/dev/null
	hostile attention '*' 0 3f 03 >/dev/null
	for n in 1 2; do nudge "${P[n]}"; done
	for n in 1 2; do wait_until 15 has_asked $n "${asked[n]}"; done
}

run()
{
	mpath_load multipath=on
	iscsi_start
	defer iscsi_stop
	hostile_create
	hostile set '*' 0 page83 "$(hostile_page "$NAA_5")" >/dev/null
	iscsi_login
	unit_find
	expect_eq "$(unit_get vpd_id)" naa.50014050000000ab
	head_set iopolicy round-robin
	io_start "$HEAD"
	upgrade
	for n in 1 2; do wait_path "${P[n]}" health good; done
	iscsi_logout 2
	iscsi_login 2
	wait_until 15 has_paths "$HEAD" 2
	wait_traffic 1 2
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_eq "$(logged 'leads to another unit')" 0 "paths that were taken for another unit's"
	expect_eq "$(unit_get vpd_id)" naa.50014050000000ab
}
