#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# PID 1 of the guest: set up what an init system would, do the job that `run`
# left in /job/job, send its result through the port, and end.

export PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
export TESTS=/repo/tests OUT=/out TERM=${TERM:-linux}
# Nobody answers udev's cookies here, so device-mapper must make its own nodes.
export DM_DISABLE_UDEV=1

mount_all()
{
	mount -t sysfs sysfs /sys
	mkdir -p /dev/pts /dev/shm
	mount -t devpts devpts /dev/pts
	mount -t tmpfs tmpfs /dev/shm
	mount -t tmpfs tmpfs /run
	mount -t tmpfs tmpfs /tmp
	modprobe configfs
	mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config
	mount -t debugfs debugfs /sys/kernel/debug
	mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
	ln -sf /proc/self/fd /dev/fd
	ln -sf /proc/mounts /etc/mtab
}

# What daemons that a test may start by hand expect to find.
prepare_daemons()
{
	mkdir -p /run/lock/iscsi /run/dbus /run/lvm /etc/target /var/lib/dbus
	[ -s /etc/machine-id ] || tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
	ip link set lo up
	hostname mpath
	echo "127.0.0.1 localhost mpath" >/etc/hosts
}

# Port numbers depend on the order of devices, names do not.
port()
{
	local dir
	for dir in /sys/class/virtio-ports/*; do
		[ "$(cat "$dir/name" 2>/dev/null)" = "$1" ] && echo "/dev/${dir##*/}"
	done
}

# Sysrq's reboot is synchronous, and -no-reboot makes QEMU end on it.
end()
{
	sync
	echo b >/proc/sysrq-trigger
	sleep 60
}

main()
{
	mount_all
	prepare_daemons
	# shellcheck source=/dev/null
	. /job/job
	export K CI SLOW STRESS_SECONDS NVME_STOCK
	cd /repo || end
	case $MODE in
	tests)
		tests/check -x "${ARGS[@]}" >"$(port ktap)" </dev/null
		;;
	exec)
		"${ARGS[@]}" >"$(port stdout)" 2>&1 </dev/null
		echo "exit $?" >"$(port ktap)"
		;;
	shell)
		stty rows "$ROWS" cols "$COLS" </dev/ttyS0
		setsid -c bash -i </dev/ttyS0 >/dev/ttyS0 2>&1
		;;
	esac
	end
}

main
