# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The faults that failover is measured with. VICTIM is the portal that carries most of
# the I/O; BEST are the portals of the better group, which is group 1. Each function
# returns when the fault is mended.

# shellcheck disable=SC2034 # it is for the guest
FAULTS=(reset drop flap target-stopped alua-swap alua-standby transition all-down failback)

# look: D[N] is what path N carries in a third of a second
look()
{
	local n before
	look_at_once count_paths
	before=("${D[@]}")
	sleep 0.3
	look_at_once count_paths
	# The numbers of D begin at one.
	for n in "${!D[@]}"; do D[n]=$((D[n] - before[n - 1])); done
}

# carried_by N...: by them, and by nobody else
carried_by()
{
	local n sum=0
	look
	for n in "${!P[@]}"; do
		if [[ " $* " = *" $n "* ]]; then
			sum=$((sum + D[n]))
		elif [ "${D[n]}" -gt 0 ]; then
			return 1
		fi
	done
	[ "$sum" -gt 0 ]
}

# leaves PORTAL...: wait until I/O flows without them
leaves() { poll 180 flows_without "$@" || note "I/O does not leave portal $*"; }
flows_without()
{
	local n others=()
	for n in "${!P[@]}"; do
		[[ " $* " = *" $n "* ]] || others+=("$n")
	done
	carried_by "${others[@]}"
}

find_victim()
{
	local n
	look
	VICTIM=1
	for n in "${!P[@]}"; do
		[ "${D[n]}" -le "${D[VICTIM]}" ] || VICTIM=$n
	done
}

suffer_reset()
{
	fault_add refused "$VICTIM"
	leaves "$VICTIM"
	fault_clear
}

# For longer than either stack takes to give up what was sent there: NOP's ten seconds,
# and five of the session's. I/O that flows elsewhere in the meantime proves nothing.
suffer_drop()
{
	fault_add dropped "$VICTIM"
	sleep 20
	leaves "$VICTIM"
	fault_clear
}

suffer_flap()
{
	local n
	for n in 1 2 3; do
		fault_add refused "$VICTIM"
		sleep 0.5
		fault_clear
		sleep 0.5
	done
}

# The node of an array that restarts: all of its portals.
suffer_target-stopped()
{
	local n
	for n in $BEST; do lio_stop "$n"; done
	# shellcheck disable=SC2086
	leaves $BEST
	for n in $BEST; do lio_start "$n"; done
}

# Both controllers work, and change roles.
suffer_alua-swap()
{
	lio_alua 2 active/optimized
	lio_alua 1 active/non-optimized
	# shellcheck disable=SC2086
	leaves $BEST
	lio_alua 1 active/optimized
	lio_alua 2 active/non-optimized
}

# The group in use takes no I/O any more; the other one does as before.
suffer_alua-standby()
{
	lio_alua 1 standby
	# shellcheck disable=SC2086
	leaves $BEST
	lio_alua 1 active/optimized
}

# Both controllers change roles, and for ten seconds neither group takes I/O.
suffer_transition()
{
	local group pids=()
	for group in 1 2; do lio_group "$group" trans_delay_msecs 10000; done
	lio_alua 1 active/non-optimized &
	pids+=($!)
	lio_alua 2 active/optimized &
	pids+=($!)
	wait "${pids[@]}"
	for group in 1 2; do lio_group "$group" trans_delay_msecs 0; done
	lio_alua 1 active/optimized
	lio_alua 2 active/non-optimized
}

suffer_all-down()
{
	fault_all reset
	sleep 20
	fault_clear
}

# What is measured begins when the portal is back: set aside what was before.
suffer_failback()
{
	suffer_reset
	BEGIN=$(now_ms)
}
