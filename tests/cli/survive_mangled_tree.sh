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
		cp -al "$SYSROOT.whole" "$SYSROOT"
		mangle "$n"
		survive list
		survive show
		survive list mpatha sdb nvme0n1
		survive doctor
		survive stats
		LEAKS=1 survive list --json
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
	local i=0 file kind n=$1
	local -A changed=()
	while read -r file; do
		i=$((i + 1))
		kind=$(((i * 31 + n * 17) % 23))
		[ "$kind" -gt 5 ] || changed[$file]=$kind
	done < <(find "$SYSROOT/sys" -depth \( -type f -o -type l \) | sort)
	rm -rf "${!changed[@]}"
	for file in "${!changed[@]}"; do
		case ${changed[$file]} in
		1) mkdir "$file" ;;
		2) ln -s "${file##*/}" "$file" ;;
		3) ln -s /proc/self/mem "$file" ;;
		4) printf '%09000d' 9 >"$file" ;;
		5) printf -- '-99999999999999999999 x' >"$file" ;;
		esac
	done
}
