#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="mpathctl shows a unit as sysfs has it, sets its policy, and takes a path out of service under I/O"
QUICK=1

ctl() { "$MPATHCTL" "$@"; }

run()
{
	unit_up
	expect_eq "$(ctl list -n -p -o name,state,id "${P[2]}" | head -n 1)" \
		"$HEAD online $(unit_get vpd_id)" "the unit"
	expect_eq "$(ctl --json | jq -r '.units[0].paths[].name' | sort | xargs)" \
		"$(printf '%s\n' "${P[@]}" | sort | xargs)" "its paths"
	expect_eq "$(ctl list -n -p -o address "${P[1]}" | grep -c "$(portal_ip 1):3260")" 1 "portal 1"

	expect_ok ctl set "$HEAD" policy=round-robin no_path_timeout=7
	expect_eq "$(head_get iopolicy) $(head_get no_path_timeout)" "round-robin 7" "settings"
	refused "'fastest' is no policy: numa, round-robin or queue-depth" policy "$HEAD" fastest
	refused "'-2' is no no_path_timeout" set "$HEAD" policy=numa no_path_timeout=-2
	expect_eq "$(head_get iopolicy) $(head_get no_path_timeout)" "round-robin 7" "settings after a wrong one"

	io_start "$HEAD"
	expect_ok ctl path out-of-service "${P[1]}"
	traffic
	expect_eq "${D[1]}" 0 "I/O of the path that is out of service"
	refused "no other path of $HEAD takes I/O" path out-of-service "${P[2]}"
	expect_ok ctl path in-service "${P[1]}"
	wait_traffic 1 2
	io_finish
}

# refused WORDS ARG...
refused()
{
	local words=$1
	shift
	ctl "$@" 2>"$TMP/complaint" && fail "taken: $*"
	grep -qF -e "$words" "$TMP/complaint" || fail "said: $(cat "$TMP/complaint")"
}
