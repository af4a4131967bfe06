#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H2: an array that stalls until error handling has set all paths offline: I/O is held, and goes on by itself when it answers"

# A probe sets it running again for itself: the log has what was.
was_offline() { [ "$(logged "\\[$1\\].*Offlining disk")" -gt 0 ]; }

run()
{
	local path opcode
	unit_up_active
	expect_eq "$(head_get no_path_timeout)" 120 "no_path_timeout"
	for path in "${P[@]}"; do
		put 1 "/sys/block/$path/device/timeout"
		# The second time-out of the medium that error handling sees is one too many.
		put 1 "/sys/block/$path/device/scsi_disk/$(hctl_of "$path")/max_medium_access_timeouts"
	done
	io_start "$HEAD"
	for path in "${P[@]}"; do
		for opcode in 0x28 0x2a; do sdebug_rule "$path" "0 1 $opcode"; done
	done
	for path in "${P[@]}"; do wait_until 40 was_offline "$path"; done
	wait_head state no-usable-path
	# Probes are not answered either: nothing of the medium is.
	! within 3 io_ended || fail "the I/O was failed"
	for path in "${P[@]}"; do
		for opcode in 0x28 0x2a; do sdebug_rule "$path" "- 0 $opcode"; done
	done
	wait_ios "$HEAD" 20 60
	for path in "${P[@]}"; do wait_path "$path" health good 60; done
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
