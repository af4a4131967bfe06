# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Stress tests: many loops, each of its own process, until the time is over.

STRESS_SECONDS=${STRESS_SECONDS:-20}

# stress NAME CMD ARG...: repeat CMD in the background; it may fail, but each
# call must come back
stress()
{
	local name=$1
	shift
	(
		end=$((SECONDS + STRESS_SECONDS)) n=0
		while [ "$SECONDS" -lt "$end" ]; do
			"$@" >/dev/null 2>&1
			n=$((n + 1))
		done
		echo "$n" >"$TMP/stress.$name"
	) &
	echo $! >>"$TMP/stress.pids"
}

# stress_join: wait for all of them; a loop that does not end hangs in the kernel
stress_join()
{
	local pid file text=''
	while read -r pid; do
		poll $((STRESS_SECONDS + 30)) process_ended "$pid" || fail "hangs: $(ps -o pid=,stat=,wchan:32=,args= --ppid "$pid" -p "$pid")"
	done <"$TMP/stress.pids"
	for file in "$TMP"/stress.*; do
		[ "${file##*.}" = pids ] || text+=" ${file##*.} $(cat "$file")"
	done
	note "rounds:$text"
}

process_ended() { ! kill -0 "$1" 2>/dev/null; }
