#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl release, adopt, flush: all disks of a unit are told, or none stays so; a disk or its identifier stands for all"
HOST=1

run()
{
	local disk
	tree_use iscsi nvme
	DELAY=block/mpatha/multipath/delayed_removal_secs
	ID=$(tree_get block/mpatha/vpd_id)
	for disk in sda sdb sdc sdd; do
		mkdir -p "$SYSROOT/sys/block/$disk/device"
		tree_put block/$disk/device/wwid "$ID"
		tree_put block/$disk/device/mpath_unit mpatha
	done
	expect_status 0 release mpatha
	expect_eq "$(told)" "release release release release"
	expect_status 0 adopt "$ID"
	expect_eq "$(told)" "adopt adopt adopt adopt"
	tree_put block/sdc/device/wwid naa.5001
	expect_status 0 release sdb
	expect_status 0 adopt /dev/sdb
	expect_eq "$(told)" "adopt adopt release adopt" "another identifier"

	rm "$SYSROOT/sys/block/sdc/device/mpath_unit"
	ln -s /dev/full "$SYSROOT/sys/block/sdc/device/mpath_unit"
	expect_refused 1 "mpatha: No space" release mpatha
	rm "$SYSROOT/sys/block/sdc/device/mpath_unit"
	expect_eq "$(told)" "adopt adopt adopt" "after one has refused"
	expect_refused 1 "nvme0n1: only scsi_mpath" release nvme0n1
	expect_refused 1 "no multipathed disk" release mpathx
	expect_refused 1 "naa.5002: no SCSI disk" adopt naa.5002
	expect_refused 1 "../sda: no SCSI disk" adopt ../sda
	expect_refused 2 "which multipathed disks" release
	expect_refused 2 "which disks" adopt

	tree_put $DELAY 30
	expect_refused 1 "mpatha: it has paths" flush mpatha
	expect_status 0 flush
	expect_eq "$(tree_get $DELAY)" 30 "delay of a unit with paths"
	rm "$SYSROOT"/sys/block/mpatha/multipath/sd?
	expect_status 0 flush
	expect_eq "$(tree_get $DELAY)" 0 "delay of a unit without"
	tree_put $DELAY in-use
	expect_status 0 flush
	expect_eq "$(tree_get $DELAY)" in-use "delay of one that somebody has open"
	expect_status 0 flush mpatha
	expect_eq "$(tree_get $DELAY)" 0 "delay of a unit that is named"
	expect_refused 1 "no multipathed disk" flush mpathx
}

told() { cat "$SYSROOT"/sys/block/sd[a-d]/device/mpath_unit 2>/dev/null | xargs; }
