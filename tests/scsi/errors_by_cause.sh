#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="B1, B4: what a command ends with decides who learns of it: the caller, another path, or nobody; the counters say why"
TIMEOUT=400

# Each line: what becomes of a READ(10) that ends like this, how often it does
# (1 is for ever, -N is N times), HOST byte, STATUS, sense KEY, ASC, ASCQ.
#	caller		the unit's own: an error, through whichever path
#	again		sent again by the SCSI core, through the same path
#	transport, sense, port_state: moved, and counted as that
CASES='
caller     1   0x00 0x02 0x03 0x11 0x00  medium error, unrecovered read error
caller     1   0x00 0x02 0x03 0x14 0x01  medium error, record not found
caller     1   0x00 0x02 0x03 0x03 0x00  medium error, peripheral device write fault
caller     1   0x00 0x02 0x03 0x31 0x00  medium error, medium format corrupted
caller     1   0x00 0x02 0x04 0x40 0x80  hardware error, diagnostic failure
caller     1   0x00 0x02 0x05 0x21 0x00  illegal request, LBA out of range
caller     1   0x00 0x02 0x05 0x24 0x00  illegal request, invalid field in CDB
caller     1   0x00 0x02 0x05 0x55 0x00  illegal request, system resource failure
caller     1   0x00 0x02 0x07 0x27 0x00  data protect, write protected
caller     1   0x00 0x02 0x07 0x27 0x07  data protect, space allocation failed
caller     1   0x00 0x02 0x07 0x20 0x02  data protect, access denied
caller     1   0x00 0x02 0x08 0x00 0x00  blank check
caller     1   0x00 0x02 0x0b 0x10 0x01  aborted command, guard check failed
caller     1   0x00 0x02 0x0d 0x00 0x00  volume overflow
caller     1   0x00 0x02 0x0e 0x1d 0x00  miscompare
caller     1   0x00 0x18 0x00 0x00 0x00  reservation conflict
again      -1  0x00 0x02 0x06 0x29 0x00  unit attention, power on
again      -1  0x00 0x02 0x06 0x2a 0x01  unit attention, mode parameters changed
again      -1  0x00 0x02 0x06 0x3f 0x0e  unit attention, reported LUNs data has changed
again      -1  0x00 0x02 0x02 0x04 0x01  not ready, in process of becoming ready
again      -1  0x00 0x02 0x0b 0x47 0x03  aborted command, CRC error
again      -1  0x00 0x02 0x0b 0x4b 0x00  aborted command, data phase error
again      -3  0x00 0x08 0x00 0x00 0x00  busy
again      -3  0x00 0x28 0x00 0x00 0x00  task set full
again      -1  0x00 0x40 0x00 0x00 0x00  task aborted
again      -1  0x07 0x00 0x0b 0x00 0x00  host: error
again      -1  0x0b 0x00 0x0b 0x00 0x00  host: soft error
again      -3  0x08 0x00 0x0b 0x00 0x00  host: reset
again      -3  0x0c 0x00 0x0b 0x00 0x00  host: retry at once
again      -3  0x0d 0x00 0x0b 0x00 0x00  host: requeue
port_state 1   0x00 0x02 0x02 0x04 0x0b  not ready, target port in standby state
port_state 1   0x00 0x02 0x02 0x04 0x0c  not ready, target port in unavailable state
sense      1   0x00 0x02 0x02 0x04 0x03  not ready, manual intervention required
sense      1   0x00 0x02 0x02 0x08 0x00  not ready, LU communication failure
sense      1   0x00 0x02 0x02 0x3a 0x00  not ready, medium not present
sense      1   0x00 0x02 0x04 0x44 0x00  hardware error, internal target failure
sense      1   0x00 0x02 0x05 0x25 0x00  illegal request, LUN not supported
sense      1   0x00 0x02 0x0b 0x47 0x03  aborted command, CRC error
transport  1   0x01 0x00 0x0b 0x00 0x00  host: no connection
transport  1   0x04 0x00 0x0b 0x00 0x00  host: bad target
transport  1   0x05 0x00 0x0b 0x00 0x00  host: aborted
transport  1   0x06 0x00 0x0b 0x00 0x00  host: parity error
transport  1   0x07 0x00 0x0b 0x00 0x00  host: error
transport  1   0x0e 0x00 0x0b 0x00 0x00  host: transport disrupted
transport  1   0x0f 0x00 0x0b 0x00 0x00  host: transport failed fast
transport  1   0x14 0x00 0x0b 0x00 0x00  host: path marginal
'
CAUSES='transport timeout sense port_state'

# counted PATH: the counters that are not 0
counted()
{
	local cause
	for cause in $CAUSES; do
		[ "$(path_get "$1" "errors_$cause")" = 0 ] || printf '%s ' "$cause"
	done
}

# back PATH: it is as if nothing had happened
back()
{
	expect_ok path_set "$1" reset 1
	wait_path "$1" health good 30
	wait_path "$1" access_state active/optimized 30
	wait_path "$1" reason none
	expect_ok path_set "$1" reset 1
}

# judge WHAT: what came of a read, now that path A has its rule
judge()
{
	local ok=1 want=1
	[ "$1" != caller ] || want=0
	read_block $((RANDOM % 1000)) 2>/dev/null || ok=0
	case $1 in
	caller | again)
		expect_eq "$ok" "$want" "success of the read"
		# A unit attention may put the path in doubt for a moment.
		wait_path "${P[A]}" health good
		expect_eq "$(path_get "${P[A]}" failovers)" 0 "failovers"
		expect_eq "$(counted "${P[A]}")" "" "counters"
		;;
	port_state)
		expect_eq "$ok" 1 "success of the read"
		[ "$(path_get "${P[A]}" failovers)" -gt 0 ] || fail "no failover"
		# The report asked for meanwhile says that the port is active. Who
		# believes it before the command has ended blames the path.
		case $(counted "${P[A]}") in
		"port_state " | "sense ") ;;
		*) fail "counters: $(counted "${P[A]}")" ;;
		esac
		;;
	*)
		expect_eq "$ok" 1 "success of the read"
		[ "$(path_get "${P[A]}" failovers)" -gt 0 ] || fail "no failover"
		expect_eq "$(path_get "${P[A]}" health)" suspect "health"
		expect_eq "$(counted "${P[A]}")" "$1 " "counters"
		;;
	esac
}

# Readahead that may fail fast is not to fail faster than any other read.
judge_readahead()
{
	sdebug_rule "${P[A]}" "2 -1 0x28 0x00 0 0x02 0x0b 0x47 0x03"
	expect_ok blockdev --flushbufs "/dev/$HEAD"
	expect_ok dd if="/dev/$HEAD" of=/dev/null bs=64k count=4
	expect_eq "$(path_get "${P[A]}" failovers)" 0 "failovers of readahead"
	expect_eq "$(path_get "${P[A]}" health)" good "health after readahead"
	sdebug_heal "${P[A]}" 0x28
}

run()
{
	local what count host status key asc ascq text other number=0
	unit_up_debug add_host=3
	find_best
	while read -r what count host status key asc ascq text; do
		[ -n "$what" ] || continue
		number=$((number + 1))
		sdebug_rule "${P[A]}" "2 $count 0x28 $host 0 $status $key $asc $ascq"
		# Whoever is suspect stays so until we have looked.
		sdebug_fail "${P[A]}" 0x00
		( judge "$what" ) || fail "$text: not '$what'"
		sdebug_heal "${P[A]}" 0x28
		sdebug_heal "${P[A]}" 0x00
		back "${P[A]}"
	done <<<"$CASES"
	note "$number ways to end"
	judge_readahead
	for other in "${P[@]}"; do
		[ "$other" = "${P[A]}" ] || expect_eq "$(path_get "$other" errors)" 0 "errors of $other"
	done
}
