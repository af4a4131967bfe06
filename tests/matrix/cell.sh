#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
. "$TESTS/matrix/faults.sh"
DESC="one fault beside I/O of every kind: nobody sees more of it than the rule allows"
TIMEOUT=330
FAULT_MS=3000

target_up()
{
	mpath_load multipath=on poll_secs=5
	iscsi_start 2
	defer iscsi_stop
	if [ "${TARGET_OF[$FAULT]:-lio}" = hostile ]; then
		hostile_create portals="$PATHS" units=2 size=8M
	else
		lio_create portals="$PATHS" luns=3 size=8M backend=file
		defer lio_destroy
	fi
	iscsi_login
	unit_find "$LUN"
}

# The last of the paths is lost, and stays so.
lose_one()
{
	fault_reset "$PATHS"
	nudge "${P[PATHS]}"
	wait_until 15 not_good "$PATHS"
}

not_good() { ! path_has "${P[$1]}" health good; }

# LIO's units are told apart by what is written into the other one.
other_sum()
{
	[ "${TARGET_OF[$FAULT]:-lio}" = hostile ] || sha256sum <"$TMP/unit2"
}

# A fault that is over leaves no trace: every path but the dead one is good.
all_well() { head_has state "$([ "$DEAD" -eq 0 ] && echo online || echo degraded)"; }

run()
{
	local name before worker begun befell lasted
	read -r FAULT PATHS DEAD <<<"${MATRIX_RUN:-portal-reset 2 0}"
	name=${FAULT//-/_}
	target_up
	[ "$DEAD" -eq 0 ] || lose_one
	! declare -F "prepare_$name" >/dev/null || "prepare_$name"
	before=$(other_sum)
	mkdir "$TMP/worker"
	python3 "$TESTS/matrix/worker.py" "/dev/$HEAD" "$TMP/worker" >"$TMP/seen" 2>"$TMP/worker.log" &
	worker=$!
	wait_until 30 test -e "$TMP/worker/begun"

	begun=${EPOCHREALTIME/./}
	"fault_$name"
	befell=$(ms_since "$begun")
	read -r -t "$(mpath_seconds $FAULT_MS)" <>"$STATE/clock" || :
	lasted=$(ms_since "$begun")
	"heal_$name"
	poll 60 all_well || note "not well again: $(mpath_states)"
	: >"$TMP/worker/stop"
	wait "$worker" || fail "the worker: $(tail -n 3 "$TMP/worker.log")"
	python3 "$TESTS/matrix/rule.py" "$FAULT" "$PATHS" "$DEAD" "$befell" "$lasted" <"$TMP/seen" >"$TMP/cells"
	expect_eq "$(other_sum)" "$before" "what is on the other unit"
	all_well || fail "not well again: $(mpath_states)"
	[ -z "${MISSED:-}" ] || fail "$MISSED"
	# Cells of which one of these is not so have no result, and count as failed.
	[ -z "${OUT:-}" ] || cat "$TMP/cells" >>"$OUT/cells"
	! grep BROKEN "$TMP/cells" >&5 || fail "cells that break the rule"
}

ms_since() { echo $(((${EPOCHREALTIME/./} - $1) / 1000)); }

mpath_seconds() { awk -v ms="$1" 'BEGIN { print ms / 1000 }'; }

mpath_states()
{
	local n
	echo "$HEAD is $(head_get state)"
	for n in "${!P[@]}"; do
		echo "${P[n]}: $(path_get "${P[n]}" health 2>&1), $(path_get "${P[n]}" reason 2>&1)"
	done
}
