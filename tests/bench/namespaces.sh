# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What NVMe's overhead is measured on: null_blk's namespace behind nvmet's loop
# transport, through one controller, the kernel's own native multipath and ours. The
# caller's `count DISK DEVICE POLICY PATHS` does the measuring.

# shellcheck source=tests/common/nvme.sh
. "$TESTS/common/nvme.sh"

# Before the transport's workers: fio goes on as soon as one I/O is done. How many are
# done at once would be the scheduler's to say, and change from run to run.
# shellcheck disable=SC2034 # it is for count.sh
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

# native PATHS stock|ours POLICY...: policies can be changed as one goes
native()
{
	local paths=$1 module=$2 policy
	shift 2
	NVME_STOCK=
	[ "$module" = ours ] || NVME_STOCK=1
	unit_up portals="$paths" backend=null_blk blk=memory_backed=0
	for policy; do
		subsys_set iopolicy "$policy"
		count "$HEAD" "nvme-$module" "$policy" "$paths"
	done
}
