#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="round-robin: three paths get a third each"
QUICK=1

run()
{
	local n
	unit_up portals=3
	expect_ok head_set iopolicy round-robin
	expect_eq "$(head_get iopolicy)" round-robin
	io_start "$HEAD"
	wait_traffic 1 2 3
	traffic 600
	for n in 1 2 3; do
		note "path $n: ${D[n]}"
		[ "${D[n]}" -ge 180 ] || fail "path $n carried ${D[n]} of 600"
		expect_le "${D[n]}" 270 "I/O of path $n, of 600"
	done
	io_finish
}
