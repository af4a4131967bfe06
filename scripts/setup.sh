#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Install what the host needs to build, boot and check: Debian 12 or newer.
# Says nothing when there is nothing to do.

set -eu

PACKAGES="
	qemu-system-x86 ovmf
	mmdebstrap debian-archive-keyring
	erofs-utils busybox-static cpio xz-utils zstd binutils kmod rsync
	util-linux iproute2
	shellcheck codespell python3 bash-builtins
	gnuplot-nox jq
	python3-prometheus-client
"

# Reading dpkg's own database takes 20 ms; asking apt takes a second.
missing()
{
	local pkg
	for pkg in $PACKAGES; do
		[ -e "/var/lib/dpkg/info/$pkg.list" ] ||
			[ -e "/var/lib/dpkg/info/$pkg:amd64.list" ] || echo "$pkg"
	done
}

# An image whose package lists were removed must fetch them first.
lists_missing()
{
	! compgen -G "/var/lib/apt/lists/*_Packages*" >/dev/null
}

main()
{
	local todo as_root=()
	mapfile -t todo < <(missing)
	[ "${#todo[@]}" -gt 0 ] || return 0

	if [ "$(id -u)" -ne 0 ]; then
		if ! command -v sudo >/dev/null; then
			echo "setup: run as root, or install sudo; missing: ${todo[*]}" >&2
			return 1
		fi
		as_root=(sudo)
	fi
	echo "setup: installing ${todo[*]}"
	as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
	if lists_missing; then
		"${as_root[@]}" update
	fi
	# Out-of-date lists name files the archive no longer has: refresh and retry.
	install "${as_root[@]}" || { "${as_root[@]}" update && install "${as_root[@]}"; }
}

install()
{
	"$@" install -y --no-install-recommends "${todo[@]}" >/dev/null
}

main
