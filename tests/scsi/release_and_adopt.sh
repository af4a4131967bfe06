#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="disks that are released are ordinary ones until they are adopted; a unit that is open stays, a disk that is mounted too; a unit without paths goes when it is flushed"
TIMEOUT=180
MULTIPATH=/sys/module/scsi_mpath/parameters/multipath

run()
{
	unit_up portals=2
	io_start "$HEAD"
	expect_fail "$MPATHCTL" release "$HEAD"
	wait_head state online
	traffic
	io_finish
	expect_eq "$(paths_of "$HEAD" | wc -l)" 2 "paths of the unit that is in use"
	expect_eq "$(logged "path sd.* removed")" 0 "paths removed"

	wait_until 10 "$MPATHCTL" release "$HEAD"
	wait_until 10 no_unit
	expect_eq "$(cat "/sys/block/${P[1]}/device/mpath_unit")" "" mpath_unit
	expect_ok mkfs.ext4 -q -F "/dev/${P[1]}"
	adopt_while_off
	# Whatever makes the SCSI core look again does not take it.
	echo 1 >"/sys/block/${P[1]}/device/rescan"
	expect_ok no_head "${P[1]}"
	expect_ok mount "/dev/${P[1]}" /mnt
	defer unmount /mnt
	echo data >/mnt/file
	# The other one has the same identifier, and would be a second door.
	expect_fail "$MPATHCTL" adopt "${P[1]}"
	expect_ok left_alone "${P[1]}"
	expect_ok left_alone "${P[2]}"
	expect_ok no_unit
	expect_ok umount /mnt
	expect_ok "$MPATHCTL" adopt "${P[1]}"
	unit_find
	expect_eq "$(paths_of "$HEAD" | wc -l)" 2 "paths of the unit that is back"
	expect_ok mount "/dev/$HEAD" /mnt
	expect_eq "$(cat /mnt/file)" data "what was written to the disk"
	expect_ok umount /mnt
	echo nonsense 2>/dev/null >"/sys/block/${P[1]}/device/mpath_unit" && fail "a wrong word is taken"
	# With the module they are taken anew.
	wait_until 10 "$MPATHCTL" release "$HEAD"
	mpath_unload
	mpath_load multipath=on
	unit_find
	expect_ok "$MPATHCTL" set "$HEAD" delayed_removal_secs=600
	iscsi_logout
	wait_head state no-usable-path
	expect_ok "$MPATHCTL" flush
	wait_until 10 test ! -e "/sys/block/$HEAD"
}

adopt_while_off()
{
	put off $MULTIPATH
	"$MPATHCTL" adopt "${P[1]}" 2>"$TMP/complaint" && fail "a unit is made while none are to be"
	expect_eq "$(grep -c ': scsi_mpath makes no units: mpathctl doctor says what to do' "$TMP/complaint")" 2 \
		"disks that it says this of"
	expect_eq "$("$MPATHCTL" doctor --json | jq -r '.findings[].advice | select(contains("/multipath,"))')" \
		"write on to $MULTIPATH, then rescan" "what doctor says"
	put on $MULTIPATH
}

no_unit() { no_head "${P[1]}" && no_head "${P[2]}"; }
