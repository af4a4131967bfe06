#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H8: of the bios that wait for a path, one that has no room keeps one, and the other path gets the rest"
QUICK=1

requires()
{
	have_prog dmsetup
	have_module mpath_test null_blk dm_mod dm_multipath dm_round_robin
}

# Path 1 has a queue of its own, which takes 4 requests and can be stopped.
disks_make()
{
	local store
	defer null_blk_destroy_all
	store=$(null_blk_create store memory_backed=1) || exit
	defer dm_destroy_all
	defer dmsetup resume t1
	expect_ok dmsetup create t1 --table \
		"0 131072 multipath 0 0 1 1 round-robin 0 1 1 /dev/$store 1"
	expect_ok dmsetup create t2 --table "0 131072 linear /dev/$store 0"
	DISK=([1]=$(dm_disk t1) [2]=$(dm_disk t2))
	put none "/sys/block/${DISK[1]}/queue/scheduler"
	put 4 "/sys/block/${DISK[1]}/queue/nr_requests"
	# Neighbours would share one of them.
	put 2 "/sys/block/${DISK[1]}/queue/nomerges"
}

put() { echo "$1" >"$2" || fail "cannot write $1 to $2"; }

# fill_path: 5 reads of path 1, of which one waits for room
fill_path()
{
	local n
	expect_ok dmsetup suspend --noflush --nolockfs t1
	for n in 1 2 3 4 5; do
		dd if="/dev/${DISK[1]}" of=/dev/null bs=4k count=1 skip="$n" iflag=direct status=none &
		OTHERS+=($!)
	done
	wait_until 10 is_full
}

is_full()
{
	local pid
	for pid in "${OTHERS[@]}"; do
		[[ $(<"/proc/$pid/stat") == *") D "* ]] || return 1
	done
}

# hold_reads SIZE: 6 reads, of SIZE each, that wait for a path
hold_reads()
{
	local n count
	count=$(head_get requeued)
	READERS=()
	for n in 1 2 3 4 5 6; do
		dd if="/dev/$HEAD" of=/dev/null bs="$1" count=1 skip="$n" iflag=direct status=none &
		READERS+=($!)
	done
	wait_until 10 head_holds $((count + 6))
}

left()
{
	local pid n=0
	for pid in "${READERS[@]}"; do
		[ ! -d "/proc/$pid" ] || n=$((n + 1))
	done
	echo "$n"
}

most_done() { [ "$(left)" -le 1 ]; }
set_both() { path_set 1 disabled "$1"; path_set 2 disabled "$1"; }

run()
{
	local pid size
	disks_make
	unit_up 2
	for size in 4k 4M; do
		OTHERS=()
		set_both 1
		wait_head state no-usable-path
		hold_reads "$size"
		fill_path
		set_both 0
		poll 10 most_done || fail "$(left) of 6 reads of $size wait for the path without room"
		# The head goes on as well.
		expect_ok path_set 1 disabled 1
		expect_ok timeout "$(slow 10)" dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct status=none
		expect_ok dmsetup resume t1
		for pid in "${READERS[@]}" "${OTHERS[@]}"; do
			wait "$pid" || fail "a read failed"
		done
	done
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
