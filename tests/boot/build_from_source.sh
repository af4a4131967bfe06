#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="the README's own commands build the modules for the running kernel, install them and load them; a login makes a unit"
HOST=1
TIMEOUT=2700
# An emulated CPU compiles for a quarter of an hour.
BOOT_SECS=1800

remove_packages()
{
	echo "dpkg --purge native-multipath-tools native-multipath-dkms"
}

# The repository as it is here, and what the README says to do in it
quick_start()
{
	cat <<-JOB
		mkdir /root/source
		cd /root/source
		base64 -d <<SOURCE | tar -x -J
		$(tar -c -J -C "$TOP" --exclude=./build --exclude=./.git . | base64)
		SOURCE
		[ ! -d /sys/module/scsi_mpath ]
		$(sed -n '/^    make$/,/^    lsblk$/s/^    //p' "$TOP/README.md")
		[ "\$(modinfo -n scsi_mpath)" = "/lib/modules/\$(uname -r)/updates/scsi_mpath.ko" ]
	JOB
}

run()
{
	expect_le 6 "$(quick_start | grep -cxE 'make|mkdir -p .*|cp .*|depmod|modprobe scsi_mpath|lsblk')" "commands of the README"
	machine_create initramfs-tools
	target_start
	machine_boot local < <(remove_packages)
	machine_boot local < <(quick_start; machine_network; machine_login; echo "paths 4")
}
