#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="states of paths change under verified I/O and all policies: no bio is lost, stuck or down a path it must not take"
TIMEOUT=240

flip()
{
	local states=(optimized nonoptimized other)
	path_set "$1" state "${states[RANDOM % 3]}"
	path_set "$1" disabled $((RANDOM % 2))
	path_set "$1" fail $((RANDOM % 4))
}
settle()
{
	local n
	for n in 1 2 3; do
		path_set "$n" disabled 0
		path_set "$n" state optimized
		path_set "$n" fail 0
	done
}

run()
{
	disks_shared 3
	head_make mt max_tries=1000
	unit_up 3
	io_start "$HEAD" --bs=4k --iodepth=16
	stress one flip 1
	stress two flip 2
	stress three flip 3
	stress policies switch_policies
	stress_join
	settle
	wait_ios "$HEAD" 100
	wait_head state online
	io_finish
	note "held $(head_get requeued), failed and tried again $(path_get 1 failed) $(path_get 2 failed) $(path_get 3 failed)"
	expect_eq "$(head_get failed)" 0 "bios failed"
	for n in 1 2 3; do expect_ok path_set "$n" disabled 1; done
	traffic_is_none
}

# A path that is disabled gets nothing, whatever policy remembers it.
traffic_is_none()
{
	local policy n before after
	for policy in numa round-robin queue-depth; do
		head_set iopolicy "$policy"
		for n in 1 2 3; do
			path_set "$n" disabled 0
			read_head
			path_set "$n" disabled 1
		done
		before=$(drv_get bios)
		read_held
		after=$(drv_get bios)
		path_set 2 disabled 0
		wait "$READER" || fail "$policy: the held read failed"
		expect_eq "$after" "$before" "$policy: bios down disabled paths"
		path_set 2 disabled 1
	done
}
