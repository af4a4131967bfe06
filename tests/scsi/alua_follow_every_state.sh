#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="each ALUA state is seen, and decides whether a path carries I/O"
TIMEOUT=240

# follow STATE CARRIER UNIT: group 2 changes; the path that then has the I/O
# and the state of the unit
follow()
{
	lio_alua 2 "$1"
	# Only the ports of the group are told, each by its next command.
	nudge "${P[2]}"
	wait_path "${P[2]}" access_state "$1"
	wait_traffic "$2"
	wait_head state "$3"
}

run()
{
	local unit
	unit_up "states=active/non-optimized active/optimized"
	# One range of blocks, served by both groups: LIO lets nothing pass in
	# the LBA dependent state without a map, and wants it in one write.
	printf '0 0\n0 131071 1:O 2:O\n' >"$TMP/map"
	for unit in $(lio_units); do
		cat "$TMP/map" >"$unit/lba_map" || fail "no LBA map"
	done
	io_start "$HEAD"
	wait_traffic 2

	# Beside a non-optimized path: only what is better than that carries.
	follow standby 1 degraded
	follow active/optimized 2 online
	follow unavailable 1 degraded
	follow active/optimized 2 online
	follow transitioning 1 degraded
	follow active/optimized 2 online
	# To a port that is offline LIO answers 05/24/00, which is no answer to
	# fail over on: get there from a state in which it has no I/O.
	follow standby 1 degraded
	follow offline 1 degraded
	follow active/optimized 2 online

	# Beside a standby path: whatever is active at all carries.
	lio_alua 1 standby
	nudge "${P[1]}"
	wait_path "${P[1]}" access_state standby
	follow active/non-optimized 2 degraded
	follow lba-dependent 2 degraded
	io_finish
}
