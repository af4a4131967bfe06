#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make kernel "debug" for `run -d`: the source of kernel 7.2 with
# debug.config. It is built in the build tree, where the modules then find it
# as if its headers were installed. Takes a quarter of an hour on two cores and
# 4 GB, once.

set -eu -o pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/vm/kernel-source.sh
. "$VM/kernel-source.sh"

K=7.2
SRC=/usr/src/linux-debug-$(kernel_release $K | cut -d . -f 1-2)

unpack()
{
	rm -rf "$TREE"/usr/src/linux-debug-*
	unpack_kernel_source $K "$TREE$SRC"
	in_tree "$LAB" apt-get install -y --no-install-recommends flex bison libelf-dev
}

# Kconfig drops in silence what it does not know or what lacks something. A
# checker that is not there finds nothing.
check_config()
{
	local missing
	missing=$(grep '^CONFIG_' "$VM/debug.config" | grep -vxFf "$TREE$SRC/.config") || return 0
	echo "not taken from debug.config:"
	echo "$missing"
	return 1
}

build()
{
	cp "$VM/debug.config" "$TREE$SRC/mpath.config"
	in_tree "$TREE$SRC" make KCONFIG_ALLCONFIG=mpath.config allnoconfig
	check_config
	# Never in the way of guests that run meanwhile. Booted as a vmlinux the
	# kernel compares strings before KASAN has its shadow.
	in_tree "$TREE$SRC" nice -n 19 make -s -j"$(nproc)" KASAN_SANITIZE_string.o=n vmlinux modules
}

install()
{
	local dir=$LAB/kernel-debug release
	release=$(in_tree "$TREE$SRC" make -s kernelrelease)
	# The initramfs goes with it.
	rm -rf "$dir" "$LAB/initramfs-debug.stamp" "$TREE/usr/src/linux-headers-$release"
	mkdir -p "$dir"
	ln -s "${SRC##*/}" "$TREE/usr/src/linux-headers-$release"
	rm -rf "$TREE$SRC/mpath-install"
	in_tree "$TREE$SRC" make -s INSTALL_MOD_PATH=/src/mpath-install modules_install
	mv "$TREE$SRC/mpath-install/lib" "$dir/lib"
	rm -f "$dir/lib/modules/$release/build"
	cp "$TREE$SRC/vmlinux" "$LAB/vmlinux-debug.new"
	mv "$LAB/vmlinux-debug.new" "$LAB/vmlinux-debug"
	echo "$release" >"$dir/release"
}

[ -d "$TREE$SRC" ] || unpack
build
install
