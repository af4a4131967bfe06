#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="Secure Boot: modules of a key that is not known are refused and harm nobody; once it is known the root is on the unit"
HOST=1
TIMEOUT=1800
STARTED=securely
PASSWORD=secret

# The disks are ordinary ones, as without the package.
expect_refused()
{
	cat <<-JOB
		mokutil --sb-state | grep -x 'SecureBoot enabled'
		grep -F '[integrity]' /sys/kernel/security/lockdown
		if modprobe scsi_mpath 2>refused; then
			echo "a module with an unknown key was loaded"
			exit 1
		fi
		grep 'Key was rejected' refused
		[[ \$(findmnt -n -o SOURCE /) = /dev/sd* ]]
		none_failed
		{ mpathctl doctor || :; } | tee doctor
		grep 'mokutil --import' doctor
		printf '%s\\n' $PASSWORD $PASSWORD | mokutil --import /var/lib/dkms/mok.pub
	JOB
}

expect_unit()
{
	cat <<-'JOB'
		grep -F '[integrity]' /sys/kernel/security/lockdown
		mpathctl
		paths 2
		root_is_unit
		none_failed
		{ mpathctl doctor || :; } | tee doctor
		! grep -E 'not (loaded|signed)' doctor
	JOB
}

run()
{
	machine_create secure-boot
	machine_boot two-hbas scsi_mpath.multipath=always < <(expect_refused)
	machine_confirm_key "$PASSWORD"
	machine_boot two-hbas scsi_mpath.multipath=always < <(expect_unit)
}
