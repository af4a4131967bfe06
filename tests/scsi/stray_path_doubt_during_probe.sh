#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="a LUN is reported to lead elsewhere while a path of the nexus is in its probe, past its question: it is asked again, and used"

count_is_above() { [ "$(hostile count 1 0 00)" -gt "$1" ]; }

run()
{
	local other writer probes
	hostile_up portals=1 units=2
	other=$(path_of 1 1)
	wait_until 15 is_path "$other"
	probes=$(hostile count 1 0 00)
	# TEST UNIT READY comes after the INQUIRY.
	hostile rule 1 0 00 delay 6000 >/dev/null
	hostile rule 1 0 2a sense 5/25/0 1 >/dev/null
	dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none &
	writer=$!
	wait_until 15 count_is_above "$probes"
	hostile attention 1 1 3f 0e >/dev/null
	nudge "$other"
	hostile obey >/dev/null
	wait_path "${P[1]}" health good 30
	expect_ok wait "$writer"
}
