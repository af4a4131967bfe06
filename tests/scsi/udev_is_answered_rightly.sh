#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="whoever asks for the unit of a disk in the moment in which it is announced is told; one that is left alone has none"
QUICK=1
DISKS=8

requires()
{
	have_prog python3
	have_module scsi_mpath scsi_debug
}

told() { [ "$(grep -c "^sd" "$TMP/told")" -ge "$1" ]; }

run()
{
	local round
	mpath_load multipath=on
	"$TESTS/common/uevents.py" >"$TMP/told" &
	defer kill $!
	poll 10 grep -q listening "$TMP/told" || fail "nobody listens"
	for round in 1 2 3; do
		sdebug_create add_host="$DISKS"
		wait_until 30 told $((round * DISKS))
		unit_find_debug
		sdebug_destroy
	done
	expect_eq "$(awk '/^sd/ { print $2 }' "$TMP/told" | sort | uniq -c | xargs)" "$((3 * DISKS)) mpatha" "units that were told of"
	mpath_unload
	: >"$TMP/told"
	# With no unit for them the answer is that there is none.
	mpath_load multipath=off
	sdebug_create add_host=2
	defer sdebug_destroy
	wait_until 30 told 2
	expect_eq "$(awk '{ print $2 }' "$TMP/told" | xargs)" "none none" "units of disks that are none's"
	mpath_unload
	for disk in $(sdebug_disks); do
		[ ! -e "/sys/block/$disk/device/mpath_unit" ] || fail "$disk has a file of a module that is not there"
	done
}
