#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl on trees that lack parts, or have wrong ones: no crash, no leak, JSON stays valid"
HOST=1

run()
{
	local n
	tree_use iscsi nvme fc-sas
	cp -a "$SYSROOT" "$SYSROOT.whole"
	defer rm -rf "$SYSROOT.whole"
	for ((n = 0; n < 8; n++)); do
		rm -rf "$SYSROOT"
		cp -a "$SYSROOT.whole" "$SYSROOT"
		mangle "$n"
		survive list
		survive show
		survive list mpatha sdb nvme0n1
		survive list --json
		[ ! -s "$TMP/output" ] || jq -e . <"$TMP/output" >"$TMP/json" || fail "JSON of tree $n is broken"
	done
}

survive()
{
	local status=0
	ctl "$@" >"$TMP/output" 2>"$TMP/complaint" || status=$?
	[ "$status" -le 1 ] || { cat "$TMP/complaint" >&5; fail "status $status of mpathctl $* on tree $n"; }
}

# Every fourth file or link becomes something else; which, and what, NUMBER decides.
mangle()
{
	local i=0 file
	while read -r file; do
		i=$((i + 1))
		case $(((i * 31 + $1 * 17) % 23)) in
		0) rm -rf "$file" ;;
		1) rm -rf "$file"; mkdir "$file" ;;
		2) rm -rf "$file"; ln -s "${file##*/}" "$file" ;;
		3) rm -rf "$file"; ln -s /proc/self/mem "$file" ;;
		4) rm -rf "$file"; head -c 9000 /dev/zero | tr '\0' 9 >"$file" ;;
		5) rm -rf "$file"; printf -- '-99999999999999999999 x' >"$file" ;;
		esac
	done < <(find "$SYSROOT/sys" -depth \( -type f -o -type l \) | sort)
}
