#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/udev.sh"
DESC="links below /dev/disk lead to the unit, and never to a path, from the first moment; without the module to a disk"
TIMEOUT=240
UUID=3f8c2a6e-0000-4000-8000-6d7061746821

run()
{
	local disk n
	udev_start
	unit_up portals=4
	NAA=$(unit_get vpd_id)
	NAA=${NAA#naa.}
	expect_ok parted -s "/dev/$HEAD" mklabel gpt mkpart data 1MiB 100%
	# udevd watches a partition when it is done with it: what is written before then
	# may be missed.
	wait_until 10 test -e /dev/disk/by-partlabel/data
	udev_settle
	expect_ok mkfs.ext4 -q -U "$UUID" -L mpathtest "/dev/${HEAD}1"
	# What udevd watches it learns by inotify: until then there is nothing to settle.
	wait_until 10 test -e "/dev/disk/by-uuid/$UUID"
	names_lead_to "$HEAD"
	for disk in "${P[@]}"; do
		expect_eq "$(udev_says "$disk" SYSTEMD_READY) $(udev_says "$disk" ID_FS_TYPE)" "0 mpath_member" "what udev knows of $disk"
	done
	expect_eq "$(cat "/sys/block/${P[1]}/device/mpath_unit")" "$HEAD" mpath_unit

	# A path that comes to a unit, and one with which the unit comes. Of a disk that
	# has gone before udevd comes to it there is nothing to be said.
	for n in 1 2; do
		iscsi_logout 3
		iscsi_login 3
		wait_until 10 is_path "$(path_of 3)"
		udev_settle
	done
	unit_back
	names_lead_to "$HEAD"
	expect_eq "$(links_of_paths)" "" "links that were given to paths"

	mpath_unload
	udev_settle
	for link in "by-id/wwn-0x$NAA" "by-uuid/$UUID"; do
		[[ $(readlink -f "/dev/disk/$link") = /dev/sd* ]] || fail "$link leads to $(readlink -f "/dev/disk/$link")"
	done
	expect_eq "$(udev_says "${P[1]}" SYSTEMD_READY)" "" "SYSTEMD_READY without the module"
	mpath_load multipath=on
	unit_find
	names_lead_to "$HEAD"
}

names_lead_to()
{
	# The kernel reads the partitions of a unit when it has its paths.
	wait_until 10 test -b "/dev/${1}1"
	udev_settle
	points "by-id/wwn-0x$NAA" "$1"
	points "by-id/scsi-3$NAA" "$1"
	points "by-id/wwn-0x$NAA-part1" "$1"1
	points "by-uuid/$UUID" "$1"1
	points by-label/mpathtest "$1"1
	points by-partlabel/data "$1"1
}

# Events are paragraphs.
links_of_paths()
{
	awk -v RS= -F '\n' '/DEVNAME=\/dev\/sd/ && /DEVLINKS=/ {
		print $1
		for (i = 2; i <= NF; i++)
			if ($i ~ /^DEVLINKS/)
				print $i
	}' "$TMP/udev"
}
