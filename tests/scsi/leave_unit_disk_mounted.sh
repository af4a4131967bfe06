#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I7: a disk is mounted while its unit is there: that is told, and the unit goes as soon as nobody has it open; it is back when the disk is unmounted"

run()
{
	mpath_load multipath=on poll_secs=2
	unit_up portals=2
	# As if it had come now, and had been mounted before anybody looked.
	put release "/sys/block/${P[2]}/device/mpath_unit"
	expect_ok no_head "${P[2]}"
	expect_ok mkfs.ext4 -q "/dev/${P[2]}"
	expect_ok mount "/dev/${P[2]}" /mnt
	defer unmount /mnt
	exec 7<"/dev/$HEAD"
	expect_fail adopt "${P[2]}"
	expect_eq "$(logged "${P[2]}: in use, and a way to $HEAD as well.*left alone")" 1 "lines in the log"
	expect_eq "$("$MPATHCTL" doctor --json | jq -r '.findings[] | select(.check == "disk-in-use").text')" \
		"it is in use, and leads to $HEAD as well: what writes to both destroys data" "what doctor says"
	# Looked at again, after 1 and 2 s: who has the unit open keeps it.
	sleep 3
	expect_ok head_is "${P[1]}" "$HEAD"
	exec 7<&-

	wait_until 10 no_head "${P[1]}"
	wait_until 10 left_alone "${P[1]}"
	expect_ok test ! -e "/sys/block/$HEAD"
	echo data >/mnt/file
	expect_ok umount /mnt
	unit_find
	expect_ok mount "/dev/$HEAD" /mnt
	expect_eq "$(cat /mnt/file)" data "what was written to the disk"
	expect_ok umount /mnt
}

adopt() { echo adopt 2>/dev/null >"/sys/block/$1/device/mpath_unit"; }
