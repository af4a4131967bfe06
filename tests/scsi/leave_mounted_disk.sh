#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I7, L5: of a disk that is mounted no unit is made, through its other path neither, with a word about it; when it is unmounted both are taken"

run()
{
	iscsi_start
	defer iscsi_stop
	lio_create portals=2
	defer lio_destroy
	iscsi_login 1
	P[1]=$(path_of 1)
	wait_until 5 test -b "/dev/${P[1]}"
	expect_ok mkfs.ext4 -q "/dev/${P[1]}"
	mkdir -p /mnt/plain
	expect_ok mount "/dev/${P[1]}" /mnt/plain
	defer unmount /mnt/plain
	mpath_load poll_secs=2
	wait_until 10 left_alone "${P[1]}"
	expect_ok no_head "${P[1]}"
	echo data >/mnt/plain/file
	expect_ok sync -f /mnt/plain/file
	# Another path to what is mounted here is no path to be used behind
	# the file system's back.
	iscsi_login 2
	P[2]=$(path_of 2)
	wait_until 10 left_alone "${P[2]}"
	expect_eq "$(logged "${P[2]}: ${P[1]} of the same unit is in use")" 1 "lines that name the disk"
	expect_eq "$(why 1); $(why 2)" "in use; another disk of its unit is in use" "why"
	expect_eq "$(findings | sort | xargs)" "disk-in-use ${P[1]} left-alone ${P[2]}" "what doctor says"
	expect_ok grep -q data /mnt/plain/file
	# Looked at again meanwhile, after 1, 2 and 2 s.
	sleep 4
	expect_ok no_head "${P[1]}"
	expect_ok no_head "${P[2]}"
	expect_eq "$(logged 'left alone')" 2 "lines in the log"

	expect_ok umount /mnt/plain
	unit_find
	expect_eq "$(why 1)$(why 2)" "" "why, of paths"
	expect_ok e2fsck -fn "/dev/$HEAD"
}

why() { cat "/sys/block/${P[$1]}/device/mpath_left_alone"; }

# Of the disks that are no paths.
findings()
{
	"$MPATHCTL" doctor --json | jq -r ".findings[] | select(.disk // \"\" | startswith(\"sd\")) | \"\(.check) \(.disk)\""
}
