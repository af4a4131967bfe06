#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="round-robin: three paths get about a third each"
QUICK=1

run()
{
	local n sum
	unit_up portals=3
	expect_ok head_set iopolicy round-robin
	expect_eq "$(head_get iopolicy)" round-robin
	io_start "$HEAD"
	wait_traffic 1 2 3
	traffic 600
	sum=$((D[1] + D[2] + D[3]))
	for n in 1 2 3; do
		note "path $n: ${D[n]} of $sum"
		[ $((D[n] * 100)) -ge $((sum * 29)) ] || fail "path $n: ${D[n]} of $sum"
		expect_le $((D[n] * 100)) $((sum * 38)) "100 times ${D[n]} of $sum"
	done
	io_finish
}
