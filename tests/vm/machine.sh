#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make the disks of machines, once, under build/vm:
#   machine.tar          a fresh Debian 13 with systemd and its own kernel
#   machine-FLAVOUR.img  the same after `apt install` of our packages, an ext4
#                        without partitions: with initramfs-tools; with dracut in
#                        its place; with initramfs-tools and NVMe's package, nvme;
#                        with the kernel of backports after our packages, upgraded;
#                        with the signed boot loader that UEFI wants, secure-boot
# tests/vm/machine.sh FLAVOUR…

set -eu -o pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/vm/parts.sh
. "$VM/parts.sh"

DEB=$TOP/build/deb

make_machine()
{
	debootstrap "$LAB/machine.tar" important "$(list "$VM/packages.machine")"
}

# What apt is told to install; the packages are in the directory where it runs.
flavour_packages()
{
	case $1 in
	initramfs-tools | upgraded) ;;
	dracut) echo dracut dracut-network ;;
	nvme) echo './native-multipath-nvme-dkms_*.deb' ;;
	secure-boot) echo shim-signed grub-efi-amd64-signed mokutil ;;
	*) die "no flavour '$1': initramfs-tools, dracut, nvme, upgraded or secure-boot" ;;
	esac
	echo './native-multipath-dkms_*.deb' './native-multipath-tools_*.deb'
}

# What an installer leaves behind on a machine.
settle()
{
	echo "UUID=$MACHINE_ROOT / ext4 errors=remount-ro 0 1" >"$1/etc/fstab"
	echo machine >"$1/etc/hostname"
	printf '127.0.0.1 localhost\n127.0.1.1 machine\n' >"$1/etc/hosts"
	echo "InitiatorName=iqn.2024-01.org.example:machine" >"$1/etc/iscsi/initiatorname.iscsi"
	# As the guide advises
	echo "discovery.sendtargets.reopen_max = 1" >>"$1/etc/iscsi/iscsid.conf"
}

# In the tree the packages lie in /src. Services are not started there.
install_packages()
{
	local dir=$1 flavour=$2
	cp -L /etc/resolv.conf "$dir/etc/resolv.conf"
	TREE=$dir in_tree "$DEB" apt-get -qq update
	TREE=$dir in_tree "$DEB" sh -c "apt-get install -y $(flavour_packages "$flavour" | xargs)"
	[ "$flavour" != upgraded ] || TREE=$dir in_tree "$DEB" apt-get install -y \
		-t "$SUITE-backports" linux-image-amd64 linux-headers-amd64
	rmdir "$dir/src"
	rm -rf "$dir"/var/cache/apt/*.bin "$dir"/var/cache/apt/archives/*.deb "$dir"/var/lib/apt/lists/*
}

make_image()
{
	local flavour=$1 dir=$LAB/machine-$1 image=$LAB/machine-$1.img
	rm -rf "$dir" "$image"
	mkdir "$dir"
	tar -x -f "$LAB/machine.tar" -C "$dir" --exclude='./dev/*'
	settle "$dir"
	install_packages "$dir" "$flavour"
	mkfs.ext4 -q -U "$MACHINE_ROOT" -d "$dir" "$image" 4G
	rm -rf "$dir"
}

main()
{
	local flavour
	for flavour; do
		flavour_packages "$flavour" >/dev/null
	done
	"$TOP/scripts/deb.sh" >/dev/null
	exec 7>"$LAB/machine.lock"
	flock 7
	once machine "$VM/packages.machine" "$VM/kernels" -- "machine" make_machine
	for flavour; do
		once "machine-$flavour" "$DEB/stamp" "$LAB/machine.stamp" "$VM/machine.sh" -- \
			"machine with $flavour" make_image "$flavour"
	done
}

need_root "$@"
main "$@"
