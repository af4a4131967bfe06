#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="each change of a unit's state, and of its size, is an event of its disk"

requires()
{
	have_prog python3
	have_module scsi_mpath scsi_debug
}

heard() { grep -q "$1" "$TMP/events"; }

expect_event()
{
	poll 10 heard "$1" || fail "no event '$1': $(cat "$TMP/events")"
	: >"$TMP/events"
}

# The path that differed in size until then may have been a change of state.
quiet() { : >"$TMP/events"; sleep 1; [ ! -s "$TMP/events" ]; }
offline() { echo "$2" >"/sys/block/$1/device/state"; }

run()
{
	local listener
	unit_up_active
	"$TESTS/common/uevents.py" "$HEAD" >>"$TMP/events" &
	listener=$!
	defer kill "$listener"
	expect_event listening
	offline "${P[1]}" offline
	expect_event "^change .*MPATH_STATE=degraded"
	expect_ok head_set no_path_timeout 3
	offline "${P[2]}" offline
	expect_event "^change .*MPATH_STATE=no-usable-path"
	expect_event "^change .*MPATH_STATE=failed"
	offline "${P[1]}" running
	expect_event "^change .*MPATH_STATE=degraded"
	offline "${P[2]}" running
	expect_event "^change .*MPATH_STATE=online"

	echo 1 >/sys/bus/pseudo/drivers/scsi_debug/virtual_gb
	echo 1 >"/sys/block/${P[1]}/device/rescan"
	echo 1 >"/sys/block/${P[2]}/device/rescan"
	expect_event "^change .*RESIZE=1"
	# Nothing changes any more: nothing is said.
	wait_head state online
	wait_until 10 quiet
	expect_ok dd if="/dev/$HEAD" of=/dev/null bs=1M count=8 iflag=direct
	[ ! -s "$TMP/events" ] || fail "an event without a cause: $(cat "$TMP/events")"
}
