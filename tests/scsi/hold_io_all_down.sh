#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="all portals down: I/O is held, and goes on when one is back in time"
QUICK=1

run()
{
	unit_up portals=2
	io_start "$HEAD" --ioengine=libaio
	fault_all reset
	wait_head state no-usable-path
	wait_until 10 held
	fault_clear
	wait_ios "$HEAD" 100 30
	wait_head state online 30
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	# They wait, and are not tried over and over meanwhile.
	note "held: $(head_get requeued)"
	expect_le "$(head_get requeued)" 100 "bios held, of four at a time"
}

held() { [ "$(head_get requeued)" -gt 0 ]; }
