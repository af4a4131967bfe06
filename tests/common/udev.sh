# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# A guest with udevd and the rules of ours, as a machine has it.

# udev_start: what udevd does to disks is in $TMP/udev
udev_start()
{
	mkdir -p /etc/udev/rules.d
	cp "$TESTS/../tools/udev/58-mpath.rules" /etc/udev/rules.d/
	ln -sf "$MPATHCTL" /usr/sbin/mpathctl
	/usr/lib/systemd/systemd-udevd --daemon || fail "udevd does not start"
	defer udev_stop
	udevadm monitor --udev --property --subsystem-match=block >"$TMP/udev" &
	defer kill $!
}

udev_stop()
{
	udevadm settle -t 20
	pkill -x systemd-udevd
	rm -f /etc/udev/rules.d/58-mpath.rules /usr/sbin/mpathctl
	rm -rf /run/udev /dev/disk
}

udev_settle() { udevadm settle -t "$(slow 20)" || fail "udevd is not done"; }

# unit_back: the unit goes and comes back, perhaps under another name. Nobody reads
# from it meanwhile: it would stay for him.
unit_back()
{
	udev_settle
	iscsi_logout
	wait_until 10 no_head "${P[1]}"
	iscsi_login
	unit_find
	udev_settle
}

# udev_says DISK KEY: a property of the disk
udev_says() { udevadm info -q property --property="$2" --value "/dev/$1"; }

# points LINK DISK: /dev/disk/LINK leads to the disk
points() { expect_eq "$(readlink -f "/dev/disk/$1")" "/dev/$2" "/dev/disk/$1"; }
