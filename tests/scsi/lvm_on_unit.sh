#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/udev.sh"
DESC="LVM takes the unit for a physical volume, sees no path, and keeps its data through a failover and a new activation"
TIMEOUT=180

run()
{
	udev_start
	udevadm trigger --subsystem-match=block
	unset DM_DISABLE_UDEV
	export LVM_SUPPRESS_FD_WARNINGS=1
	printf 'devices {\n\texternal_device_info_source = "udev"\n}\n' >/etc/lvm/lvmlocal.conf
	defer rm /etc/lvm/lvmlocal.conf
	unit_up portals=2
	udev_settle
	expect_ok pvcreate -qy "/dev/$HEAD"
	expect_ok vgcreate -qy mpathvg "/dev/$HEAD"
	# What udev reads then shall not wait for a path.
	defer udev_settle
	defer vgremove -qfy mpathvg
	expect_ok lvcreate -qy -L 32M -n data mpathvg
	udev_settle
	expect_eq "$(volumes)" "/dev/$HEAD" "physical volumes"
	expect_ok mkfs.ext4 -q /dev/mpathvg/data
	expect_ok mount /dev/mpathvg/data /mnt
	fail_over_file /mnt/file
	expect_ok umount /mnt
	expect_ok vgchange -qan mpathvg
	unit_back
	expect_eq "$(volumes)" "/dev/$HEAD" "physical volumes of the unit that came back"
	expect_ok vgchange -qay mpathvg
	expect_ok e2fsck -fn /dev/mpathvg/data
	expect_ok vgchange -qan mpathvg
}

# What LVM says on stderr is of interest: it complains of duplicates there.
volumes() { pvs --noheadings -o pv_name 2>&1 | xargs; }
