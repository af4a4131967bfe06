#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="a newer kernel that apt installs after our packages has modules and an initramfs that finds the root on the unit"
HOST=1
TIMEOUT=1800

job()
{
	cat <<-'JOB'
		mpathctl
		paths 2
		root_is_unit
		ls /lib/modules | sort -V | tee kernels
		[ "$(wc -l <kernels)" = 2 ]
		[ "$(uname -r)" = "$(tail -n 1 kernels)" ]
		for kernel in $(cat kernels); do
			modinfo -k "$kernel" -F vermagic scsi_mpath | grep "^$kernel "
		done
		none_failed
	JOB
}

run()
{
	machine_create upgraded
	machine_boot two-hbas scsi_mpath.multipath=always < <(job)
}
