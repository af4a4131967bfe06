#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I3: behind an idle path the LUN is given to another unit, which nobody tells: before it takes over, by a sibling's unit attention, and by the poll it is found out"
TIMEOUT=180

# Is anything on it?
is_blank() { [ "$(tr -d '\0' <"/dev/$1" | wc -c)" -eq 0 ]; }

# A stray path leaves its unit, but not too often.
is_out() { no_head "$1" || path_has "$1" health stray; }

# The unit attention comes through the other LUN of the portal alone.
home()
{
	lio_remap 2 1 1
	nudge "$OTHER"
	poll 40 is_path "${P[2]}" || fail "${P[2]} did not come home"
	wait_path "${P[2]}" health good
}

run()
{
	local polled
	unit_up luns=2 size=16M "states=active/optimized active/non-optimized"
	OTHER=$(path_of 2 0)
	unit_find 1
	# Only written: what is read from the other unit ends it before it does harm.
	io_start "$HEAD" --do_verify=0
	wait_traffic 1

	lio_remap 2 0 1
	fault_reset 1
	wait_until 20 is_out "${P[2]}"
	expect_ok is_blank "$OTHER"
	wait_head state no-usable-path
	fault_clear
	wait_traffic 1
	expect_ok is_blank "$OTHER"
	home

	lio_remap 2 0 1
	nudge "$OTHER"
	wait_until 5 is_out "${P[2]}"
	home

	polled=$(content /sys/module/scsi_mpath/parameters/poll_secs)
	expect_eq "$polled" 60 "poll_secs"
	put 2 /sys/module/scsi_mpath/parameters/poll_secs
	lio_remap 2 0 1
	# Its answer is followed by the next poll, which is sooner from now on.
	lio_group 1 preferred 1
	nudge "${P[1]}"
	wait_until 15 is_out "${P[2]}"
	expect_ok is_blank "$OTHER"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
