#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="packages and a login are all: mounted after a reboot; goes down without a path; works without the packages"
HOST=1
TIMEOUT=1800

# Everything that an admin does on a fresh machine, and nothing else: the modules
# are there because SCSI disks are.
set_up()
{
	machine_network
	machine_login
	cat <<-'JOB'
		mpathctl
		paths 4
		# As dpkg does: no way down, and nothing to be failed
		systemctl restart native-multipath
		[ "$(cat /sys/block/mpatha/multipath/no_path_timeout)" = 120 ]
		mkfs.ext4 -q /dev/mpatha
		keep_data /dev/mpatha ext4
	JOB
}

# After the boot nobody but the machine itself has done anything.
expect_unit()
{
	cat <<-'JOB'
		mpathctl
		[ "$(findmnt -n -o SOURCE /data)" = /dev/mpatha ]
		paths 4
		sha256sum -c /root/sum
		for link in /dev/disk/by-id/wwn-* /dev/disk/by-id/scsi-* /dev/disk/by-uuid/*; do
			[[ $(readlink -f "$link") != /dev/sd* ]] || { echo "$link leads to a path"; exit 1; }
		done
		mpathctl doctor || :
		none_failed
	JOB
}

# There is something to be written, and no way to do it.
lose_all()
{
	cat <<-'JOB'
		head -c 1M /dev/urandom >/data/dirty
		on_target portals_down 1 2 3 4
	JOB
}

remove_packages()
{
	cat <<-'JOB'
		dpkg --purge native-multipath-tools native-multipath-dkms
		[ -z "$(find /lib/modules -name 'scsi_mpath.ko*')" ]
		sha256sum -c /root/sum
	JOB
}

expect_disks()
{
	cat <<-'JOB'
		[ "$(lsblk -d -n -o NAME | grep -c '^sd')" = 4 ]
		[ ! -e /dev/mpatha ]
		[[ $(findmnt -n -o SOURCE /data) = /dev/sd* ]]
		sha256sum -c /root/sum
	JOB
}

run()
{
	machine_create initramfs-tools
	target_start
	machine_boot local < <(set_up)
	# Nobody has logged out: these sessions were lost with the network, and LVM
	# looks at the unit after that.
	note "off after $(machine_off_secs) s"
	expect_le "$(machine_off_secs)" 60 "seconds to switch off"
	machine_boot local < <(expect_unit; lose_all)
	note "off after $(machine_off_secs) s with no path and dirty data"
	expect_le "$(machine_off_secs)" 200 "seconds to switch off without a path"
	on_target portals_up
	machine_boot local < <(remove_packages)
	machine_boot local < <(expect_disks)
}
