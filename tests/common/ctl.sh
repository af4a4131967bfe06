# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# mpathctl on recorded trees, on the host: compiled in the build tree,
# with the sanitizers. SYSROOT is the tree in use, which a test may change.

# shellcheck source=tests/vm/lib.sh
. "$TESTS/vm/lib.sh"

SYSROOT=''
CTL=build/mpathctl-asan

ctl_build()
{
	[ -z "$(find "$TOP/tools/mpathctl" -newer "$TOP/$CTL/mpathctl" 2>&1)" ] && return
	"$VM/rootfs.sh" || fail "the lab could not be made"
	build_mpathctl "$CTL" "-O1 -g -fsanitize=address,undefined -static-libasan -static-libubsan -fno-sanitize-recover=all" ||
		fail "mpathctl does not compile"
}

# tree_unpack NAME: a recorded tree, over what is there. A line of it is
# "= FILE CONTENT" or "> LINK TARGET", below /sys; see tests/cli/record.sh.
tree_unpack()
{
	local kind file rest
	sed -n 's,^[=>] \([^ ]*\)/[^ ]*.*,\1,p' "$TESTS/cli/trees/$1.tree" | sort -u |
		(cd "$SYSROOT/sys" && xargs mkdir -p)
	while read -r kind file rest; do
		case $kind in
		=) printf '%b\n' "$rest" >"$SYSROOT/sys/$file" ;;
		\>) ln -s "$rest" "$SYSROOT/sys/$file" ;;
		esac
	done <"$TESTS/cli/trees/$1.tree"
}

# tree_use NAME...: recorded trees, all in one, as a new SYSROOT. They are hundreds of small
# files each time, which a tmpfs makes seven times as fast as a disk.
tree_use()
{
	local name
	ctl_build
	SYSROOT=$(mktemp -d -p /dev/shm mpathctl.XXX)
	defer rm -rf "$SYSROOT"
	mkdir "$SYSROOT/sys"
	for name; do
		tree_unpack "$name"
	done
}

# ctl ARG...: mpathctl on the tree, with the libraries it was built with, but without
# the half second that a chroot takes. A report of a sanitizer ends it with status 99.
# Leaks are looked for where LEAKS is 1, as that takes four times as long.
ctl() { (ctl_exec "$@"); }

# The same in place of this shell: ctl_exec ARG... & is a process that can be killed.
ctl_exec()
{
	exec env -i LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks="${LEAKS:-0}":exitcode=99 \
		"$TREE/lib64/ld-linux-x86-64.so.2" --library-path "$TREE/lib/x86_64-linux-gnu" \
		"$TOP/$CTL/mpathctl" --sysroot "$SYSROOT" "$@"
}

# ctl_waits PID: ctl_exec has looked at the tree and sleeps until its next look
ctl_waits() { [[ $(<"/proc/$1/stat") = *"(ld-linux"*") S "* ]]; }

# expect_status STATUS ARG...: mpathctl ends so; what it printed is in OUTPUT, what it
# complained of in COMPLAINT.
# shellcheck disable=SC2034 # they are for the tests
expect_status()
{
	local want=$1 status=0
	shift
	ctl "$@" >"$TMP/output" 2>"$TMP/complaint" || status=$?
	OUTPUT=$(<"$TMP/output")
	COMPLAINT=$(<"$TMP/complaint")
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
