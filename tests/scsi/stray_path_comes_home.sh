#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a LUN is given to a unit that the admin has excluded, and back, and nobody tells: its disk is a path of its unit again"

# away_and_back TIMES CMD...: CMD makes us ask what is there
away_and_back()
{
	local times=$1
	shift
	hostile map 1 0 1 >/dev/null
	"$@"
	wait_until 20 no_head "${P[1]}"
	wait_until 20 is_excluded "$times"
	hostile map 1 0 0 >/dev/null
	poll 30 head_is "${P[1]}" "$HEAD" || fail "${P[1]} does not come home"
	wait_path "${P[1]}" health good
}

told()
{
	hostile attention 1 0 3f 0e >/dev/null
	nudge "${P[1]}"
}

run()
{
	mpath_load multipath=on poll_secs=3 exclude="$(printf 'naa.6001405%09x*' 2)"
	hostile_up units=2
	away_and_back 1 told
	# The SCSI core knows by itself then.
	away_and_back 2 put 1 "/sys/block/${P[1]}/device/rescan"
}

is_excluded() { [ "$(logged "scsi_mpath: ${P[1]}: excluded by parameter")" -ge "$1" ]; }
