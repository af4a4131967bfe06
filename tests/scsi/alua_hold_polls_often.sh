#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H13: all groups are unavailable for two seconds: I/O goes on a second later, and while none waits nobody asks"

# Of a second whose CPUs were another guest's, this much remains.
reports_in() { local before; before=$(commands_sent "$RTPG"); sleep "$1"; echo $(($(commands_sent "$RTPG") - before)); }

run()
{
	local n end
	unit_up
	io_start "$HEAD"
	wait_ios "$HEAD" 50
	for n in 1 2; do lio_alua "$n" unavailable; done
	wait_head state no-usable-path
	end=$((${EPOCHREALTIME/./} + 2000000))
	wait_until 10 is_past "$end"
	for n in 1 2; do lio_alua "$n" active/optimized; done
	wait_head state online
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_stall 4200 3000

	commands_begin "$RTPG"
	for n in 1 2; do lio_alua "$n" unavailable; done
	for n in 1 2; do nudge "${P[n]}"; done
	wait_head state no-usable-path
	expect_le "$(reports_in 3)" 3 "reports in three seconds in which nothing waits"
	# Who comes now does not wait for the next of them.
	for n in 1 2; do lio_alua "$n" active/optimized; done
	expect_ok timeout 3 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
}

is_past() { [ "${EPOCHREALTIME/./}" -ge "$1" ]; }
