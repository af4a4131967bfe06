#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="LUKS, btrfs, MD and LVM on a unit's partitions: there after a reboot, on no path, and through a portal's death"
HOST=1
TIMEOUT=1800

# One of each on a partition of its own; MD mirrors two of them.
set_up()
{
	machine_network
	machine_login
	cat <<-'JOB'
		printf 'label: gpt\n,40M\n,120M\n,24M\n,24M\n,\n' | sfdisk -q /dev/mpatha
		udevadm settle
		uuid() { blkid -o value -s UUID "$1"; }

		head -c 32 /dev/urandom >/root/key
		cryptsetup -q luksFormat --pbkdf pbkdf2 --pbkdf-force-iterations 1000 /dev/mpatha1 /root/key
		cryptsetup open --key-file /root/key /dev/mpatha1 secret
		echo "secret UUID=$(uuid /dev/mpatha1) /root/key luks,_netdev" >>/etc/crypttab
		systemctl enable remote-cryptsetup.target
		mkfs.ext4 -q /dev/mapper/secret
		mkfs.btrfs -q /dev/mpatha2
		mdadm --quiet --create /dev/md/mirror --run --metadata 1.2 -l 1 -n 2 /dev/mpatha3 /dev/mpatha4
		mkfs.ext4 -q /dev/md/mirror
		echo 'devices { external_device_info_source = "udev" }' >>/etc/lvm/lvmlocal.conf
		vgcreate -q vg /dev/mpatha5
		lvcreate -q -y -l 100%FREE -n data vg
		mkfs.ext4 -q /dev/vg/data
		udevadm settle

		for disk in /dev/mapper/secret /dev/mpatha2 /dev/md/mirror /dev/vg/data; do
			mkdir -p "/data/${disk##*/}"
			echo "UUID=$(uuid "$disk") /data/${disk##*/} auto _netdev 0 0" >>/etc/fstab
		done
		systemctl daemon-reload
		mount -a
		for dir in /data/*; do
			head -c 4M /dev/urandom >$dir/file
		done
		sha256sum /data/*/file >/root/sum
		[ "$(wc -l </root/sum)" = 4 ]
	JOB
}

# What everything stands on is the unit, and a path carries nothing but the unit.
expect_stacks()
{
	cat <<-'JOB'
		lsblk
		sha256sum -c /root/sum
		[ "$(findmnt -n -l -o TARGET | grep -c ^/data/)" = 4 ]
		for path in /dev/sd?; do
			[ "$(lsblk -n -o NAME --tree=NAME "$path" | sed -n 2p | tr -dc a-z0-9)" = mpatha ]
			[ "$(udevadm info -q property --property ID_FS_TYPE --value "$path")" = mpath_member ]
		done
		mdadm --detail /dev/md/mirror | grep 'State : \(clean\|active\) *$'
		mdadm --detail /dev/md/mirror | grep -c '/dev/mpatha[34]$' | grep -x 2
		btrfs filesystem show /data/mpatha2 | grep 'path /dev/mpatha2$'
		pvs --noheadings -o pv_name | grep -x ' */dev/mpatha5 *'
		none_failed
	JOB
}

lose_portals()
{
	cat <<-'JOB'
		on_target portals_down 1 3
		for dir in /data/*; do
			head -c 4M /dev/urandom >$dir/more
			sync $dir/more
		done
		until_true 60 state degraded
		never_said 'EXT4-fs error|BTRFS error|I/O error.*(mpath|dm-|md[0-9])|md.*Disk failure'
		mdadm --detail /dev/md/mirror | grep 'State : \(clean\|active\) *$'
	JOB
}

run()
{
	machine_create initramfs-tools
	target_start
	machine_boot local < <(set_up)
	note "off after $(machine_off_secs) s"
	expect_le "$(machine_off_secs)" 60 "seconds to switch off"
	machine_boot local < <(expect_stacks; lose_portals)
}
