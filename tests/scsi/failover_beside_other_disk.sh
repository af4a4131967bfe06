#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H4: a session that a disk of nobody's shares keeps recovery_tmo, and that disk waits; our I/O in it moves within seconds"

tmo() { cat "/sys/class/iscsi_session/$(session_of "$1")/recovery_tmo"; }
tmo_is() { [ "$(tmo "$1")" = "$2" ]; }

run()
{
	local reader
	unit_up luns=2
	unit_find 1
	expect_ok "$MPATHCTL" release "$HEAD"
	wait_until 5 tmo_is 1 120
	wait_until 5 tmo_is 2 120
	unit_find 0
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	dd if="/dev/$(path_of "$A" 1)" of=/dev/null bs=4k count=1 iflag=direct status=none &
	reader=$!
	traffic 1000
	kill -0 "$reader" || fail "the other disk does not wait"
	fault_clear
	wait_head state online 30
	expect_ok wait "$reader"
	io_finish
	# One that was in flight is enough.
	expect_longest 2500
	expect_eq "$(tmo 1) $(tmo 2)" "120 120" "recovery_tmo"
}
