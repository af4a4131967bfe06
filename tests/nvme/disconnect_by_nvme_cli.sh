#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="nvme-cli: connect, list-subsys, list, show-topology and disconnect speak of one subsystem with two paths"

connect()
{
	expect_ok nvme connect -t tcp -a "$(portal_ip "$1")" -s "$FAULT_PORT" -n "$NQN" \
		-q "$HOSTNQN" -I "$HOSTID"
}
subsystem() { nvme list-subsys -o json | jq -r ".[0].Subsystems[] | select(.NQN == \"$NQN\") | $1"; }

run()
{
	local ctrl
	load_nvme
	nvmet_create transport=tcp
	defer nvme_disconnect_all
	connect 1
	connect 2
	for ctrl in /sys/class/nvme/nvme*; do
		C[${#C[@]}+1]=${ctrl##*/}
	done
	expect_eq "${#C[@]}" 2 "controllers"
	unit_find
	expect_eq "$(subsystem '.Paths | map(.Name + " " + .State) | sort | join(",")')" \
		"${C[1]} live,${C[2]} live" "list-subsys"
	expect_eq "$(nvme list-subsys -o json "/dev/$HEAD" |
		jq -r '[.. | .ANAState? // empty] | join(",")')" "optimized,optimized" "ANA states of list-subsys"
	nvmet_ana 1 inaccessible
	wait_ana 1 inaccessible
	nvme list-subsys "/dev/$HEAD" | grep -q "${C[1]} .*inaccessible" ||
		fail "list-subsys does not say that ${C[1]} is inaccessible: $(nvme list-subsys "/dev/$HEAD")"
	expect_eq "$(nvme list -o json | jq -r '[.. | .DevicePath? // empty] | join(",")')" "/dev/$HEAD" "nvme list"
	expect_eq "$(nvme list -v -o json | jq -r '[.. | .NameSpace? // empty] | unique | join(",")')" "$HEAD" "nvme list -v"
	nvme show-topology >"$TMP/topology" || fail "no topology"
	for ctrl in "${C[@]}"; do
		grep -q "$ctrl" "$TMP/topology" || fail "$ctrl is not in the topology: $(cat "$TMP/topology")"
	done
	expect_ok nvme disconnect -d "${C[1]}"
	wait_until 10 ctrl_gone 1
	expect_ok read_head
	expect_ok nvme disconnect -n "$NQN"
	wait_until 10 no_controllers
	wait_until 5 head_gone
}
