#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make kernel "debug" for `run -d`: linux-source of the newest kernel with
# debug.config. It is built in the build tree, where the modules then find it
# as if its headers were installed. Takes ten minutes and 3 GB, once.

set -eu -o pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/lib.sh"

K=backports
SRC=/usr/src/linux-debug

unpack()
{
	local deb
	rm -rf "$TREE$SRC" "$LAB/debug"
	mkdir -p "$TREE$SRC" "$LAB/debug"
	in_tree "$LAB" apt-get -qq update
	in_tree "$LAB" apt-get install -y --no-install-recommends flex bison libelf-dev
	in_tree "$LAB/debug" apt-get download \
		"$(in_tree "$LAB" apt-cache depends -t "$(kernel_field $K 2)" "$(kernel_field $K 5)" |
			awk '$2 ~ /^linux-source-[0-9]/ { print $2 }')"
	for deb in "$LAB"/debug/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -xO --wildcards '*.tar.xz' |
			tar -xJ -C "$TREE$SRC" --strip-components=1
	done
	rm -r "$LAB/debug"
}

build()
{
	cp "$VM/debug.config" "$TREE$SRC/mpath.config"
	in_tree "$TREE$SRC" make KCONFIG_ALLCONFIG=mpath.config allnoconfig
	# Never in the way of guests that run meanwhile.
	in_tree "$TREE$SRC" nice -n 19 make -s -j"$(nproc)" vmlinux modules
}

install()
{
	local dir=$LAB/kernel-debug release
	release=$(in_tree "$TREE$SRC" make -s kernelrelease)
	rm -rf "$dir" "$TREE/usr/src/linux-headers-$release"
	mkdir -p "$dir"
	ln -s "${SRC##*/}" "$TREE/usr/src/linux-headers-$release"
	in_tree "$TREE$SRC" make -s INSTALL_MOD_PATH=/src/mpath-install modules_install
	mv "$TREE$SRC/mpath-install/lib" "$dir/lib"
	rm -f "$dir/lib/modules/$release/build"
	cp "$TREE$SRC/vmlinux" "$LAB/vmlinux-debug"
	echo "$release" >"$dir/release"
}

[ -d "$TREE$SRC/kernel" ] || unpack
build
install
