#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="B6: a probe that is not answered in ten seconds is given up, and not aborted: SCSI's error handling does not begin"

timeouts() { printf '%d' "$(content "/sys/block/$1/device/iotmo_cnt")"; }
probed_again() { [ "$(path_get "$1" probes)" -ge 2 ]; }

run()
{
	local path
	unit_up_debug add_host=3
	find_best
	# Every command takes 12 s.
	sdebug_delay 3000
	sdebug_fail "${P[A]}" 0x28 -1
	read_block &
	wait_path "${P[A]}" health suspect
	wait_until 30 probed_again "${P[A]}"
	for path in "${P[@]}"; do expect_eq "$(timeouts "$path")" 0 "time-outs of $path"; done
	# The delay cannot be changed while commands are under way, which they always are.
	expect_ok wait $!
}
