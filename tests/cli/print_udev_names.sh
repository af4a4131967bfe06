#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl udev: a unit has the names that udev's scsi_id gives to a disk; nothing of a target's can begin a line"
HOST=1

run()
{
	tree_use iscsi
	expect_status 0 udev mpatha
	expect_eq "$OUTPUT" "ID_BUS=scsi
ID_TYPE=disk
ID_SERIAL=360014050000000100000000000000000
ID_SERIAL_SHORT=60014050000000100000000000000000
ID_WWN=0x6001405000000010
ID_WWN_WITH_EXTENSION=0x60014050000000100000000000000000
ID_VENDOR=LIO-ORG
ID_MODEL=RAMDISK-MCP
ID_REVISION=4.0"
	serial 'eui.0025385b71b00a12' 20025385b71b00a12
	serial 't10.ATA     disk 1' '1ATA_____disk_1'
	serial 'iqn.2003-01.org:x' '8iqn.2003-01.org:x'
	serial 'uuid.c8fb077e-db9c' 'uuid.c8fb077e-db9c'
	# shellcheck disable=SC2016 # it is to stay as it is
	printf 'a b\nSYSTEMD_READY=0\n"$(x)' >"$(realpath "$SYSROOT/sys/block/sda/device/model")"
	expect_status 0 udev mpatha
	expect_eq "$(grep MODEL <<<"$OUTPUT")" 'ID_MODEL=a_b_x0aSYSTEMD_READY=0_x0a___x_' "a hostile name"
	expect_refused 1 "no multipathed disk" udev sdz
	expect_refused 2 "which disk" udev
}

# serial ID SERIAL
serial()
{
	tree_put block/mpatha/vpd_id "$1"
	expect_status 0 udev mpatha
	expect_eq "$(sed -n 's/^ID_SERIAL=//p' <<<"$OUTPUT") $(grep -c WWN <<<"$OUTPUT")" "$2 0" "serial of $1"
}
