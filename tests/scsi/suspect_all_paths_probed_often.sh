#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit all of whose paths are suspect is served again seconds after they work, however long they have not"
TIMEOUT=120

run()
{
	local path start
	unit_up_debug add_host=3
	io_start "$HEAD"
	for path in "${P[@]}"; do sdebug_fail "$path" 0xff; done
	wait_head state no-usable-path
	# Probes that only back off come after 1, 3, 7, 15 and 31 s.
	sleep 17
	for path in "${P[@]}"; do
		# It gets no I/O that could fail.
		[ "$(sdebug_state "$path")" != standby ] || continue
		[ "$(path_get "$path" probes)" -ge 6 ] || fail "$(path_get "$path" probes) probes of $path"
	done
	for path in "${P[@]}"; do sdebug_heal "$path" 0xff; done
	start=${EPOCHREALTIME/./}
	wait_ios "$HEAD" 20
	expect_le $(((${EPOCHREALTIME/./} - start) / 1000)) "$(slow 4000)" "ms until the unit is served"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
