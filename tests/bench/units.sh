# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the overhead is measured on: scsi_debug's disks, which answer at once and move
# no data, with and without scsi_mpath. The caller's `count DISK DEVICE POLICY PATHS`
# does the measuring.

# shellcheck source=tests/common/mpath.sh
. "$TESTS/common/mpath.sh"

# create_paths N: paths that are all active/optimized, as is every third of
# scsi_debug's; with QUEUES hardware queues
create_paths()
{
	defer sdebug_destroy
	sdebug_create add_host=$(($1 * 3)) fake_rw=1 max_queue=128 submit_queues="${QUEUES:-1}"
	sdebug_drop active/non-optimized
	sdebug_drop standby
	mapfile -t DISKS < <(sdebug_disks)
	expect_eq "${#DISKS[@]}" "$1" "optimized paths"
}

raw()
{
	create_paths 1
	count "${DISKS[0]}" raw - 1
}

# native PATHS POLICY
native()
{
	mpath_load multipath=on iopolicy="$2"
	create_paths "$1"
	unit_find_debug
	count "$HEAD" scsi_mpath "$2" "$1"
}
