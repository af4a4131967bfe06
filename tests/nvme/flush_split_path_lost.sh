#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="F2: a log write that flushes first, cut in pieces by the path's queue, goes on as a whole when the path is lost under them"
KATO=2

requires()
{
	have_prog fio nvme nft mkfs.xfs
	have_module nvme_core nvme_tcp nvmet nvmet_tcp xfs
}

# load_log FILE: each transaction is larger than 4 KiB
load_log()
{
	local n dir=$1
	while [ ! -e "$TMP/stop" ]; do
		mkdir "$dir" || return 1
		for n in {1..40}; do echo "$n" >"$dir/$n" || return 1; done
		sync -f "$dir" || return 1
		rm -r "$dir" || return 1
	done
}

run()
{
	local n load round
	[ -z "$NVME_STOCK" ] || note "the stock module ends such a write with success"
	unit_up transport=tcp size=400 -- keep_alive_tmo=$KATO
	for n in "${!P[@]}"; do put 4 "/sys/block/${P[n]}/queue/max_sectors_kb"; done
	expect_ok mkfs.xfs -q "/dev/$HEAD"
	mkdir "$TMP/mnt"
	expect_ok mount "/dev/$HEAD" "$TMP/mnt"
	defer umount "$TMP/mnt"
	load_log "$TMP/mnt/d" &
	load=$!
	for round in 1 2 3; do
		fault_reset $((round % 2 + 1))
		wait_ctrl $((round % 2 + 1)) connecting 10
		sleep 1
		fault_clear
		wait_ctrl $((round % 2 + 1)) live 30
	done
	: >"$TMP/stop"
	wait "$load" || fail "the file system got an error"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
