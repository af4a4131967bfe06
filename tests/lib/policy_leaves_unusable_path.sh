#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="numa: a current path that is disabled, worse or deleted is left at once, without being told"
QUICK=1

selected() { expect_eq "$(drv_get selected)" "$1" "path selected $2"; }

run()
{
	local policy
	disks_apart 3
	unit_up 3
	expect_eq "$(head_get iopolicy)" numa
	selected 1 "at first"
	expect_ok read_head
	expect_eq "$(path_get 1 nodes)" 0 "nodes of path 1"
	expect_eq "$(path_get 2 nodes)" '' "nodes of path 2"
	# It is remembered for the node and must be looked at all the same (B7).
	expect_ok path_set 1 disabled 1
	selected 2 "with path 1 disabled"
	expect_ok path_set 2 state nonoptimized
	selected 3 "with path 2 non-optimized"
	expect_ok path_set 3 state nonoptimized
	expect_ok read_head
	# Among non-optimized ones; an optimized one is taken as soon as there is.
	expect_ok path_set 2 state optimized
	selected 2 "back to the optimized path"
	expect_ok path_set 2 state other
	selected 3 "with path 2 in no state for I/O"
	expect_ok path_del 3
	expect_eq "$(cat "$MPATH_TEST/$HEAD/selected")" -11 "no usable path"
	expect_ok path_set 1 disabled 0
	selected 1 "again"
	for policy in round-robin queue-depth; do
		expect_ok head_set iopolicy "$policy"
		expect_eq "$(path_get 1 nodes)" '' "nodes with $policy"
		expect_ok path_set 1 disabled 1
		expect_eq "$(drv_get selected)" -11 "$policy with no usable path"
		expect_ok path_set 2 state nonoptimized
		selected 2 "$policy, the non-optimized one"
		expect_ok path_set 1 disabled 0
		selected 1 "$policy, the optimized one"
		expect_ok path_set 2 state other
	done
}
