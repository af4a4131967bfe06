#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="initramfs-tools: a root file system behind two host adapters is on the unit, and outlives one of them"
HOST=1
TIMEOUT=1800

# The emulated disk knows no ALUA, so the module has to be told that it may.
job()
{
	cat <<-'JOB'
		mpathctl
		paths 2
		root_is_unit
		none_failed
		# Nobody has mounted or even named a path before it was one.
		never_said 'EXT4-fs \(sd|left alone'
		echo offline >/sys/block/sda/device/state
		write_root 10
		until_true 30 state degraded
		never_said 'EXT4-fs error|I/O error.*mpatha'
		# One that holds no more than this machine needs
		sed -i 's/^MODULES=.*/MODULES=dep/' /etc/initramfs-tools/initramfs.conf
		update-initramfs -u
	JOB
}

run()
{
	machine_create initramfs-tools
	machine_boot two-hbas scsi_mpath.multipath=always < <(job)
	machine_boot two-hbas scsi_mpath.multipath=always < <(expect_written)
}

expect_written()
{
	cat <<-'JOB'
		paths 2
		root_is_unit
		[ "$(stat -c %s /root/file.10)" = 1048576 ]
	JOB
}
