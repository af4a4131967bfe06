#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="exclude= leaves units alone by identifier and by VENDOR:MODEL, and no others"

# excluded PATTERNS all|none
excluded()
{
	local disk
	LOG_START=$(dmesg | wc -l)
	mpath_load multipath=on "exclude=$1"
	sdebug_create add_host=2
	defer sdebug_destroy
	for disk in $(sdebug_disks); do
		if [ "$2" = all ]; then
			wait_until 10 left_alone "$disk"
			no_head "$disk" || fail "$disk was taken with exclude=$1"
		else
			poll 15 has_head "$disk" || fail "$disk was left alone with exclude=$1"
		fi
	done
	unwind
}

left_alone()
{
	dmesg | tail -n "+$LOG_START" | grep -q "scsi_mpath: $1: .*left alone"
}

run()
{
	excluded "Linux:scsi_debug*" all
	excluded "uuid.*" all
	excluded "t10.*,Linux:?csi_debug" all
	excluded "IBM:*,uuid.000*" none
	excluded "inux:scsi_debug" none
}
