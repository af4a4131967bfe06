#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A namespace through one controller, the kernel's own native multipath and ours. The
# namespace is null_blk's, behind nvmet's loop transport.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"
# shellcheck source=tests/common/nvme.sh
. "$TESTS/common/nvme.sh"

# Before the transport's workers: fio goes on as soon as one I/O is done. How many are
# done at once would be the scheduler's to say, and change from run to run.
FIO_UNDER=(chrt -f 1)

# raw: without any multipath code. The disk is the controller's own.
raw()
{
	NVME_STOCK=1
	load_nvme multipath=0
	nvmet_create portals=1 backend=null_blk blk=memory_backed=0
	defer nvme_disconnect_all
	nvme_connect 1
	wait_until 15 test -b "/dev/${C[1]}n1"
	count "${C[1]}n1" nvme-raw - 1
}

# multipath PATHS stock|ours: all policies, which can be changed as one goes
multipath()
{
	local policy
	NVME_STOCK=
	[ "$2" = ours ] || NVME_STOCK=1
	unit_up portals="$1" backend=null_blk blk=memory_backed=0
	for policy in "${POLICIES[@]}"; do
		subsys_set iopolicy "$policy"
		count "$HEAD" "nvme-$2" "$policy" "$1"
	done
}

main()
{
	local paths
	stack raw
	for paths in "${PATHS[@]}"; do
		stack multipath "$paths" stock
		stack multipath "$paths" ours
	done
	echo end
}

main
