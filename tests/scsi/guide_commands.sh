#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the commands of the operator's guide and of the README do what they say, as they stand there"
TIMEOUT=180

run()
{
	local n=0 line
	# A machine as the guide finds it: iscsid runs, nobody has logged in.
	iscsi_start 5
	defer iscsi_stop
	lio_create portals=4
	defer lio_destroy
	defer iscsi_logout
	defer mpath_unload
	mkdir -p "$TMP/bin"
	ln -s "$MPATHCTL" "$TMP/bin/mpathctl"
	PATH=$TMP/bin:$PATH
	while read -r line; do
		n=$((n + 1))
		follow_line "$line"
	done < <(commands "$TESTS/../Documentation/guide.md" '')
	expect_le 18 "$n" "commands of the guide"
	n=0
	multipath -t >/etc/multipath.conf 2>/dev/null
	while read -r line; do
		n=$((n + 1))
		follow_line "$line"
	done < <(commands "$TESTS/../README.md" 'mpathctl')
	expect_le 8 "$n" "commands of mpathctl in the README"
	expect_eq "$(paths_of "$HEAD" | wc -w)" 4 "paths"
}

# commands FILE BEGINNING: those that begin so
commands() { sed -n "s/^    \($2.*\)/\1/p" "$1"; }

# follow_line LINE: run it, with the addresses and disks that are here
follow_line()
{
	local line want=0 status=0
	line=$(sed -E 's/192\.0\.2\.([0-9])/127.0.\1.1/g' <<<"${1%%#*}")
	line=${line//sdc/${P[2]:-sdc}}
	case $line in
	# They go on until they are interrupted.
	"mpathctl top"* | "mpathctl events"*) line="timeout 3 $line" want=124 ;;
	# All portals are at one address, and modules of a lab are not signed.
	"mpathctl doctor"*) want=1 ;;
	esac
	(cd "$TMP" && eval "$line") >"$TMP/said" 2>&1 || status=$?
	[ "$status" -eq "$want" ] || fail "'$line' ended with $status: $(cat "$TMP/said")"
	case $line in
	*"node -l") unit_find ;;
	esac
}
