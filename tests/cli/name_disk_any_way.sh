#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl knows a unit by its name, device node, identifier, and by its paths"
HOST=1

run()
{
	local word
	tree_use iscsi fc-sas
	for word in mpathb /dev/mpathb sdq /dev/sdr 6:0:1:3 naa.600507680c80822e0000000000000012; do
		expect_status 0 list -n -p -o name "$word"
		expect_eq "$(head -n 1 <<<"$OUTPUT")" mpathb "the unit of $word"
	done
	expect_status 0 list -n -p -o name sdq sdr mpathb
	expect_eq "$(wc -l <<<"$OUTPUT")" 3 "lines for one unit named three times"
	for word in mpathz sda1 /dev/ "" ../../etc 6:0:1:4; do
		expect_refused 1 "mpathctl: $word: no multipathed disk" list "$word"
	done
	expect_status 1 list mpatha nonsense
	expect_eq "$OUTPUT" "" "output if one of them is unknown"
}
