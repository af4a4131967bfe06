# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The source of a kernel of the lab, from its distribution's package. To be
# sourced after lib.sh; the build tree must exist.

# kernel_source_tar K: the source of kernel K on stdout, as a tar file whose
# names begin with one directory.
kernel_source_tar()
{
	local dir status=0
	dir=$(mktemp -d "$LAB/source-deb.XXXXXX")
	{
		in_tree "$LAB" apt-get -qq update &&
			in_tree "$dir" apt-get -qq download "linux-source-$1"
	} >&2 &&
		dpkg-deb --fsys-tarfile "$dir"/*.deb | tar -xO --wildcards '*/linux-source-*.tar.xz' |
		xz -dc -T0 || status=$?
	rm -rf "$dir"
	return "$status"
}

# unpack_kernel_source K DIR: the whole source of kernel K in DIR (1.6 GB). DIR
# is there only when it is complete.
unpack_kernel_source()
{
	rm -rf "$2" "$2.new"
	mkdir -p "$2.new"
	kernel_source_tar "$1" | tar -x -C "$2.new" --strip-components=1
	mv "$2.new" "$2"
}
