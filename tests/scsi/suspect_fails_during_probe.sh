#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path on which I/O fails while its probe runs has to pass another one"

# Every command takes 2 s. The write is swallowed, and fails after its time-out of
# 4 s; the read that fails at once makes the path suspect before. The probe begins
# a second later and takes 6 s: INQUIRY, TEST UNIT READY, and RTPG.
run()
{
	local writer
	unit_up_debug add_host=3
	find_best
	put 4 "/sys/block/${P[A]}/device/timeout"
	put 0 "/sys/block/${P[A]}/device/scsi_disk/$(hctl_of "${P[A]}")/max_retries"
	wait_until 10 set_delay 500
	sdebug_rule "${P[A]}" "0 -1 0x2a"
	dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none &
	writer=$!
	wait_until 3 in_flight_is "${P[A]}" 1
	sdebug_fail "${P[A]}" 0x28 -1
	expect_ok read_block
	expect_ok wait "$writer"
	wait_path "${P[A]}" health good 60
	[ "$(path_get "${P[A]}" errors_timeout)" -gt 0 ] || fail "the write did not fail on its path"
	[ "$(path_get "${P[A]}" probes)" -ge 2 ] || fail "the probe during which it failed has passed"
	wait_until 20 set_delay 0
}

# It cannot be set while a command is under way.
set_delay() { echo "$1" >"$SDEBUG/delay"; }

in_flight_is() { [ "$(in_flight "$1")" -eq "$2" ]; }
