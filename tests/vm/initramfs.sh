#!/bin/busybox sh
# shellcheck shell=dash
# SPDX-License-Identifier: GPL-2.0
#
# /init of the initramfs: load what is needed to see the disks and the shares,
# put the root together and hand over to init.sh.

/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev

# `run` only wants to know whether this accelerator can carry a kernel.
if grep -q mpath.probe /proc/cmdline; then
	echo mpath-probe-alive >/dev/console
	echo b >/proc/sysrq-trigger
fi

# A module may be built in, or absent, in one of the kernels.
while read -r ko; do
	insmod "$ko" 2>/dev/null
done </modules/order

share()
{
	mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,$3" "$1" "$2"
}

set -e
mkdir -p /lower /upper
mount -t erofs -o ro /dev/vda /lower
mount -t tmpfs tmpfs /upper
mkdir /upper/up /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/up,workdir=/upper/work overlay /root
share repo /root/repo ro
share job /root/job ro
share out /root/out rw
mkdir -p /root/usr/lib/modules
share modules /root/usr/lib/modules ro
mount --move /proc /root/proc
mount --move /dev /root/dev
exec switch_root /root /bin/bash /repo/tests/vm/init.sh
