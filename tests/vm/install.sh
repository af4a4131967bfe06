# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Built modules, where the guests look for them. To be sourced.

# install_modules SRC ROOT RELEASE DIR: what is in SRC, and no more, into DIR of
# the kernel's modules. Guests may be running on these files: replace, never
# rewrite.
install_modules()
{
	local src=$1 root=$2 release=$3 dir=$2/lib/modules/$3/$4 ko name changed=
	mkdir -p "$dir"
	while read -r ko; do
		name=${ko##*/}
		cmp -s "$ko" "$dir/$name" && continue
		cp "$ko" "$dir/.$name"
		mv "$dir/.$name" "$dir/$name"
		changed=1
	done < <(find "$src" -name '*.ko' -not -path '*/kcompat/*')
	for ko in "$dir"/*.ko; do
		if [ -e "$ko" ] && [ -z "$(find "$src" -name "${ko##*/}" -print -quit)" ]; then
			rm "$ko"
			changed=1
		fi
	done
	[ -z "$changed" ] || depmod -b "$root" "$release"
}
