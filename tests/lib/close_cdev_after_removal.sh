#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a file of the char device that is open outlives the unit: it pins the driver, fails, and can be closed late"
QUICK=1

dev_number() { sed "s/:/ /" "/sys/class/mpath_test/${HEAD}c/dev" | awk -v part="$1" '{ print part == "major" ? $1 : $2 }'; }

run()
{
	local pins
	disks_apart 2
	unit_up 2
	pins=$(refcnt mpath_test)
	wait_until 5 test -c "/dev/${HEAD}c"
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_PATH)" 1 "path of the ioctl"
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_WRITE r)" EBADF "read-only"
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_WRITE w)" 1 "for writing"
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_REFUSED)" EPERM "what ioctl_check refuses"
	expect_eq "$(do_ioctl "/dev/${HEAD}c" 0x6dff)" ENOTTY "an ioctl there is not"
	expect_ok path_set 1 disabled 1
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_PATH)" 2 "path with path 1 disabled"
	expect_ok path_set 2 disabled 1
	# It would wait for one of them.
	expect_ok head_set no_path_timeout 0
	expect_eq "$(do_ioctl "/dev/${HEAD}c" $IOC_PATH)" EAGAIN "no usable path"
	expect_ok path_set 1 disabled 0

	# A node of our own, as the one of devtmpfs goes with the device.
	mknod "$TMP/late" c "$(dev_number major)" "$(dev_number minor)"
	exec 8<"/dev/${HEAD}c" 9<"/dev/$HEAD"
	expect_eq "$(refcnt mpath_test)" $((pins + 2)) "references to the driver of two files"
	path_del 1
	path_del 2
	expect_ok head_gone
	expect_fail test -e "/dev/${HEAD}c"
	expect_eq "$(do_ioctl "$TMP/late" $IOC_PATH)" ENXIO "open after the removal"
	head_destroy mt
	# The driver's object is gone, the head is not: it must not look there.
	expect_eq "$(do_ioctl 8 $IOC_PATH)" EAGAIN "an ioctl on the dead char device"
	expect_eq "$(do_ioctl 9 $IOC_PATH)" EAGAIN "an ioctl on the dead disk"
	expect_eq "$(do_ioctl 9 0x301)" EAGAIN "HDIO_GETGEO on the dead disk"
	expect_fail modprobe -r mpath_test
	expect_eq "$(refcnt mpath_test)" 2 "references of the open files"
	exec 9<&-
	expect_eq "$(refcnt mpath_test)" 1 "references of the open file"
	exec 8<&-
	expect_eq "$(refcnt mpath_test)" 0 "references at the end"
	driver_unload
}
