#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="mpathctl watches a unit that loses a path: events tells of it at once, top shows the I/O move, doctor names the path"
QUICK=1

ctl() { "$MPATHCTL" "$@"; }

run()
{
	unit_up portals=2
	# Once an hour: what is seen is what the kernel tells.
	"$MPATHCTL" events -d 3600 >"$TMP/events" 2>&1 &
	defer kill $!
	# All portals are at the loopback device.
	expect_fail ctl doctor
	expect_eq "$(found)" "lvm-sees-paths one-adapter" "what is found of a good unit"

	io_start "$HEAD"
	expect_ok wait_ios "$HEAD" 50
	ctl top --json -c 1 -d "$(slow 1)" >"$TMP/top"
	expect_eq "$(jq -c '[.units[0].reads + .units[0].writes > 0, ([.units[0].paths[] | .reads + .writes] | add) > 0]' "$TMP/top")" \
		"[true,true]" "I/O of the unit and its paths"
	device_state "${P[1]}" offline
	wait_head state degraded
	wait_until 10 told "$HEAD state online -> degraded"
	wait_until 10 told "$HEAD ${P[1]} health good -> .*"
	ctl top --json -c 1 -d "$(slow 1)" >"$TMP/top"
	expect_eq "$(jq "[.units[0].paths[] | select(.name == \"${P[1]}\") | .reads + .writes] | add" "$TMP/top")" 0 "I/O of the path that is offline"
	expect_fail ctl doctor
	found | grep -q "path-set-offline" || fail "doctor found: $(found)"
	expect_eq "$(ctl stats | grep "^mpath_unit_state")" "mpath_unit_state{unit=\"$HEAD\",state=\"degraded\"} 1"
	device_state "${P[1]}" running
	wait_head state online
	wait_until 10 told "$HEAD state degraded -> online"
	io_finish
	expect_ok ctl reset "${P[@]}"
	expect_eq "$(ctl stats | grep "^mpath_path_errors_total" | grep -vc ' 0$')" 0 "errors after a reset"
}

# Modules of a lab are not signed.
found() { ctl doctor --json | jq -r '[.findings[].check] | unique - ["module-not-signed"] | join(" ")'; }
told() { grep -q " $1\$" "$TMP/events"; }
device_state() { echo "$2" >"/sys/block/$1/device/state"; }
