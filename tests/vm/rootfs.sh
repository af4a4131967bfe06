#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make what the lab boots and builds with, once, under build/vm:
#   tree/        Debian 13 with gcc, make, sparse and all headers (a chroot)
#   kernel-K/    release, vmlinuz, lib/modules of kernel K, initramfs
#   source-K/    the parts of linux-source that the checks need
#   vmlinux-K    kernel K, unpacked
#   root.erofs   the guest's userland
# A part is made anew when what it depends on changes. `rootfs.sh K…` makes what
# belongs to these kernels, `rootfs.sh` what belongs to none but the build tree;
# kernel "debug" is made from the source of 7.2, and costs a quarter of an hour.

set -eu -o pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/vm/parts.sh
. "$VM/parts.sh"
# shellcheck source=tests/vm/kernel-source.sh
. "$VM/kernel-source.sh"

# Parts of linux-source: checkpatch, kernel-doc, and NVMe for its rebuild.
SOURCE_PARTS="Makefile scripts tools/docs tools/lib/python drivers/nvme"

# Modules that no guest without such hardware can use: most of the tree.
PRUNE="kernel/sound kernel/drivers/gpu kernel/drivers/media kernel/drivers/iio
	kernel/drivers/net/wireless kernel/drivers/net/ethernet kernel/drivers/usb
	kernel/drivers/staging kernel/drivers/hwmon kernel/drivers/input
	kernel/drivers/platform kernel/drivers/bluetooth kernel/drivers/accel
	kernel/drivers/isdn kernel/drivers/comedi kernel/drivers/hid"

# What the archive held when the tree was made may be gone from it today.
refresh()
{
	in_tree "$LAB" apt-get -qq update
}

# newest K: the release of the newest kernel of series K, 7.2.12+deb13-amd64.
newest()
{
	local release
	release=$(in_tree "$LAB" apt-cache search --names-only "^linux-image-${1//./\\.}\\.[0-9]+\\+deb[0-9]+-amd64\$" |
		awk '{ sub("linux-image-", "", $1); print $1 }' | sort -V | tail -n 1)
	[ -n "$release" ] || die "no linux-image-$1.* in the archive, see $VM/kernels"
	echo "$release"
}

make_tree()
{
	local k release
	debootstrap_small "$TREE" "$(list "$VM/packages.build")"
	cp -L /etc/resolv.conf "$TREE/etc/resolv.conf"
	refresh
	for k in $(kernel_names); do
		release=$(newest "$k")
		in_tree "$LAB" apt-get install -y --no-install-recommends "linux-headers-$release"
	done
}

# A kernel's packages: newer kernels are split into binary, modules and base.
kernel_packages()
{
	echo "linux-image-$1"
	in_tree "$LAB" apt-cache depends --important --recurse "linux-image-$1" |
		awk '{ print $NF }' | grep -E "^linux-(binary|modules|base)-.*${1//+/\\+}" | sort -u
}

make_kernel()
{
	local k=$1 dir=$LAB/kernel-$1 release part packages
	rm -rf "$dir"
	mkdir -p "$dir/deb"
	refresh
	release=$(newest "$k")
	mapfile -t packages < <(kernel_packages "$release")
	in_tree "$dir/deb" apt-get download "${packages[@]}"
	mkdir "$dir/root"
	for part in "$dir"/deb/*.deb; do
		dpkg-deb -x "$part" "$dir/root"
	done
	mkdir -p "$dir/lib/modules"
	mv "$(find "$dir/root" -type d -path "*/lib/modules/$release")" "$dir/lib/modules/"
	mv "$(find "$dir/root" "$dir/lib" -type f -name 'vmlinuz*')" "$dir/vmlinuz"
	rm -rf "$dir/root" "$dir/deb"
	unpack_modules "$dir/lib/modules/$release"
	depmod -b "$dir" "$release"
	echo "$release" >"$dir/release"
}

# modprobe in the initramfs and depmod are faster on plain files.
unpack_modules()
{
	local part
	for part in $PRUNE; do
		rm -rf "${1:?}/$part"
	done
	find "$1" -name '*.ko.xz' -print0 | xargs -0 -r -n 64 -P "$(nproc)" xz -d
	find "$1" -name '*.ko.zst' -print0 | xargs -0 -r -n 64 -P "$(nproc)" zstd -q -d --rm
}

# What modprobe would insert for the listed modules, in order.
initramfs_modules()
{
	local mod
	for mod in $(list "$VM/modules"); do
		modprobe -S "$2" -d "$1" --show-depends "$mod" 2>/dev/null
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

make_initramfs()
{
	local dir=$LAB/kernel-$1 release stage ko
	release=$(kernel_release "$1")
	stage=$dir/initramfs
	rm -rf "$stage"
	mkdir -p "$stage"/{bin,dev,proc,sys,modules,root}
	cp /bin/busybox "$stage/bin/"
	install -m 755 "$VM/initramfs.sh" "$stage/init"
	: >"$stage/modules/order"
	for ko in $(initramfs_modules "$dir" "$release"); do
		cp "$ko" "$stage/modules/"
		echo "/modules/${ko##*/}" >>"$stage/modules/order"
	done
	(cd "$stage" && find . | cpio --quiet -o -H newc >"$dir/initramfs.cpio")
}

# Only what the checks read is unpacked: the whole is 1.5 GB.
make_source()
{
	local k=$1 dir=$LAB/source-$1 part parts=()
	rm -rf "$dir"
	mkdir -p "$dir"
	for part in $SOURCE_PARTS; do
		parts+=("linux-source-*/$part")
	done
	kernel_source_tar "$k" |
		tar -x -C "$dir" --strip-components=1 --wildcards --no-wildcards-match-slash "${parts[@]}" || true
	[ -x "$dir/scripts/checkpatch.pl" ]
}

# An emulated CPU spends more than a second on unpacking a kernel; QEMU boots
# the plain one as well.
make_vmlinux()
{
	"$LAB/source-$1/scripts/extract-vmlinux" "$LAB/kernel-$1/vmlinuz" >"$LAB/vmlinux-$1.new"
	[ -s "$LAB/vmlinux-$1.new" ] || return 1
	mv "$LAB/vmlinux-$1.new" "$LAB/vmlinux-$1"
}

make_root()
{
	debootstrap_small "$LAB/root" "$(list "$VM/packages")"
	rm -rf "$LAB"/root/var/cache/apt/* "$LAB"/root/var/lib/apt/lists/*
	mkdir -p "$LAB"/root/{repo,out,job}
	echo "InitiatorName=iqn.2024-01.org.example:initiator" >"$LAB/root/etc/iscsi/initiatorname.iscsi"
	rm -f "$LAB/root.erofs"
	mkfs.erofs "$LAB/root.erofs" "$LAB/root"
	rm -rf "$LAB/root"
}

make_for_kernel()
{
	local k=$1 release
	once "kernel-$k" "$PRUNE" -- "kernel $k" make_kernel "$k"
	release=$(kernel_release "$k")
	once "initramfs-$k" "$VM/modules" "$VM/initramfs.sh" "$release" -- \
		"initramfs $k" make_initramfs "$k"
	once "source-$k" "$SOURCE_PARTS" "$release" -- "kernel source $k" make_source "$k"
	once "vmlinux-$k" "$release" -- "kernel image $k" make_vmlinux "$k"
}

make_for_debug()
{
	make_for_kernel 7.2
	once kernel-debug "$VM/debug.config" "$(kernel_release 7.2)" -- \
		"debug kernel" "$VM/debug-kernel.sh"
	once initramfs-debug "$VM/modules" "$VM/initramfs.sh" "$(kernel_release debug)" -- \
		"initramfs debug" make_initramfs debug
}

main()
{
	local k
	for k; do
		kernel_known "$k" || die "no kernel '$k': $(kernel_names | xargs) or debug"
	done
	mkdir -p "$LAB"
	exec 9>"$LAB/lock"
	flock -n 9 || { echo "lab: waiting for another run to make it"; flock 9; }

	if ! made tree "$VM/packages.build" "$VM/kernels"; then
		rm -f "$LAB"/*.stamp
		step "build tree" make_tree
		stamp tree "$VM/packages.build" "$VM/kernels"
	fi
	for k; do
		if [ "$k" = debug ]; then
			make_for_debug
		else
			make_for_kernel "$k"
		fi
	done
	[ $# -eq 0 ] || once root "$VM/packages" -- "guest root" make_root
}

need_root "$@"
main "$@"
