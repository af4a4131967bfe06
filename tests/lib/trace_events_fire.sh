#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="the tracepoints are there and fire: path selected, no path, requeue, state"
QUICK=1

fired() { [ "$(grep -c "$1" "$TRACE/trace")" -gt 0 ]; }

run()
{
	TRACE=/sys/kernel/tracing
	disks_apart 2
	unit_up 2
	expect_eq "$(find $EVENTS -name 'mpath_*' | wc -l)" 4 "events"
	write '' $TRACE/trace
	write 1 $EVENTS/enable
	defer write 0 $EVENTS/enable
	write 1 $TRACE/events/block/block_bio_remap/enable
	defer write 0 $TRACE/events/block/block_bio_remap/enable
	expect_ok path_set 1 fail 1
	expect_ok read_head
	expect_ok path_set 1 disabled 1
	expect_ok path_set 2 disabled 1
	wait_head state no-usable-path
	read_head &
	wait_until 10 fired 'mpath_no_path: .* held'
	# The state is known at once, the event of it comes from a work item.
	wait_until 10 fired 'mpath_state: .* -> no-usable-path'
	expect_ok path_set 2 disabled 0
	wait $! || fail "the read failed"
	wait_head state degraded
	for event in mpath_path_selected mpath_requeue mpath_no_path 'mpath_state: .* no-usable-path -> degraded'; do
		fired "$event" || fail "no event $event: $(cat $TRACE/trace)"
	done
	fired "$(printf 'mpath_path_selected: %s -> %s ' "$(dev_of mt)" "$(dev_of "${DISK[1]}")")" ||
		fail "no bio from head to path: $(grep -m 3 selected $TRACE/trace)"
	fired "$(printf 'block_bio_remap: %s .* <- (%s) ' "$(dev_of "${DISK[1]}")" "$(dev_of mt)")" ||
		fail "the block layer's event tells another way: $(grep -m 3 remap $TRACE/trace)"
}

dev_of() { tr : , <"/sys/block/$1/dev"; }
