#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A SCSI disk, scsi_mpath and dm-multipath over paths to it.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"
# shellcheck source=tests/bench/units.sh
. "$TESTS/bench/units.sh"

# dm PATHS SELECTOR rq|bio: the table that multipathd would load, but for the
# hardware handler
dm()
{
	local table
	modprobe -a dm-multipath dm-round-robin dm-service-time
	create_paths "$1"
	table="0 $(cat "/sys/block/${DISKS[0]}/size") multipath"
	table+=" 3 queue_if_no_path queue_mode $3 0 1 1 $2 0 $1 1"
	table+=$(printf ' /dev/%s 1' "${DISKS[@]}")
	dmsetup create bench --table "$table" || fail "device-mapper refused: $table"
	defer dmsetup remove bench
	count "$(dmsetup info -c --noheadings -o blkdevname bench)" "dm-$3" "$2" "$1"
}

main()
{
	local paths policy mode
	stack raw
	for paths in "${PATHS[@]}"; do
		for policy in "${POLICIES[@]}"; do stack native "$paths" "$policy"; done
		[ -z "${BENCH_QUICK:-}" ] || continue
		for mode in rq bio; do
			for policy in round-robin service-time; do
				stack dm "$paths" "$policy" "$mode"
			done
		done
	done
	echo end
}

main
