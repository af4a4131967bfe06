#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the controllers of an array swap roles for all units under I/O: a report for each unit attention at most, and few at once through a port"
TIMEOUT=300
UNITS=${CI:+16}
UNITS=${UNITS:-64}

heads() { for dir in /sys/block/mpath*; do echo "${dir##*/}"; done; }
all_adopted()
{
	local head
	[ "$(heads | wc -l)" -eq "$UNITS" ] || return 1
	# The files of a path come last.
	[ "$(printf '%s\n' /sys/block/sd*/mpath | wc -l)" -eq $((4 * UNITS)) ] || return 1
	for head in $(heads); do has_paths "$head" 4 || return 1; done
}

# The paths of every unit through portal N are in this state.
all_are()
{
	local disk
	for disk in ${THROUGH[$1]}; do
		path_has "$disk" access_state "$2" || return 1
	done
}

run()
{
	local list reports n
	# No report but those of the swap.
	mpath_load multipath=on poll_secs=3600
	unit_up portals=4 luns="$UNITS" size=2M "groups=1 1 2 2" "states=active/optimized active/non-optimized"
	wait_until 60 all_adopted
	for n in 1 2 3 4; do THROUGH[n]=$(paths_through "$n"); done
	list=$(heads | sed 's|^|/dev/|' | paste -s -d:)
	io_start "$HEAD" --filename="$list" --file_service_type=roundrobin:1 --iodepth="$UNITS" --size="${UNITS}M"
	# One unit's share: all of them do as much.
	wait_ios "$HEAD" 20
	commands_begin "$RTPG"
	lio_alua 2 active/optimized
	lio_alua 1 active/non-optimized
	for n in 1 2; do wait_until 60 all_are "$n" active/non-optimized; done
	for n in 3 4; do wait_until 60 all_are "$n" active/optimized; done
	wait_ios "$HEAD" 20
	reports=$(commands_answered "$RTPG")
	note "$reports reports for $UNITS units, at most $(commands_at_once) at once through a port"
	io_finish
	# The swap is two changes, each of which two paths of a unit hear of.
	expect_le "$reports" $((4 * UNITS)) "reports"
	expect_le "$(commands_at_once)" 4 "reports at once through one port"
	expect_stall 500
}
