# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# mpathctl on recorded trees, on the host: compiled and run in the build tree,
# with the sanitizers. SYSROOT is the tree in use, which a test may change.

# shellcheck source=tests/vm/lib.sh
. "$TESTS/vm/lib.sh"

SYSROOT=''
CTL=build/mpathctl-asan

ctl_build()
{
	"$VM/rootfs.sh" || fail "the lab could not be made"
	build_mpathctl "$CTL" "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" ||
		fail "mpathctl does not compile"
}

# tree_use NAME...: unpack recorded trees, one over the other, as SYSROOT. A line is
# "= FILE CONTENT" or "> LINK TARGET", below /sys; see tests/cli/record.sh.
tree_use()
{
	local name kind file rest
	ctl_build
	SYSROOT=$TOP/$CTL/${STATE##*/}
	mkdir -p "$SYSROOT/sys"
	defer rm -rf "$SYSROOT"
	for name; do
		while read -r kind file rest; do
			mkdir -p "$SYSROOT/sys/${file%/*}"
			case $kind in
			=) printf '%b\n' "$rest" >"$SYSROOT/sys/$file" ;;
			\>) ln -s "$rest" "$SYSROOT/sys/$file" ;;
			esac
		done <"$TESTS/cli/trees/$name.tree"
	done
}

# ctl ARG...: mpathctl on the tree. A report of a sanitizer ends it with status 99.
ctl()
{
	in_tree "$TOP" env ASAN_OPTIONS=detect_leaks=1:exitcode=99 \
		"$CTL/mpathctl" --sysroot "/src${SYSROOT#"$TOP"}" "$@"
}

# expect_status STATUS ARG...: mpathctl ends so; what it printed is in OUTPUT, what it
# complained of in COMPLAINT.
# shellcheck disable=SC2034 # they are for the tests
expect_status()
{
	local want=$1 status=0
	shift
	ctl "$@" >"$TMP/output" 2>"$TMP/complaint" || status=$?
	OUTPUT=$(cat "$TMP/output")
	COMPLAINT=$(cat "$TMP/complaint")
	[ "$status" -eq "$want" ] || cat "$TMP/complaint" >&5
	expect_eq "$status" "$want" "status of mpathctl $*"
}

# expect_refused STATUS WORDS ARG...: mpathctl ends so, has printed nothing, and says
# WORDS when it complains.
expect_refused()
{
	expect_status "$1" "${@:3}"
	expect_eq "$OUTPUT" "" "output of mpathctl ${*:3}"
	grep -qFe "$2" <<<"$COMPLAINT" || fail "mpathctl ${*:3} said: $COMPLAINT"
}

# tree_get FILE, tree_put FILE CONTENT: of the tree, below /sys
tree_get() { cat "$SYSROOT/sys/$1"; }
tree_put() { echo "$2" >"$SYSROOT/sys/$1"; }
