#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a LUN is given to a unit that the admin has excluded, and back, and nobody tells: its disk is a path of its unit again"

run()
{
	mpath_load multipath=on poll_secs=3 exclude="$(printf 'naa.6001405%09x*' 2)"
	hostile_up units=2
	hostile map 1 0 1 >/dev/null
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
	wait_until 20 no_head "${P[1]}"
	wait_until 20 is_excluded
	hostile map 1 0 0 >/dev/null
	poll 30 head_is "${P[1]}" "$HEAD" || fail "${P[1]} does not come home"
	wait_path "${P[1]}" health good
}

is_excluded() { [ "$(logged "scsi_mpath: ${P[1]}: excluded by parameter")" -gt 0 ]; }
