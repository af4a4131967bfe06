# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# SCSI commands that the initiator sends, counted by the SCSI core's own trace
# events: what we send beside the I/O, and how much of it.

TRACING=/sys/kernel/tracing
# Operation codes; each is that of several commands, of which we send one.
# shellcheck disable=SC2034 # they are for the tests
RTPG=0xa3 STPG=0xa4

# commands_begin OPCODE...: count these from now on.
commands_begin()
{
	local event opcode filter=
	for opcode; do
		filter+="${filter:+ || }opcode == $opcode"
	done
	echo >"$TRACING/trace"
	defer commands_end
	for event in "$TRACING"/events/scsi/scsi_dispatch_cmd_{start,done}; do
		echo "$filter" >"$event/filter" || fail "no trace event for SCSI commands"
		echo 1 >"$event/enable"
	done
}

commands_end()
{
	local event
	for event in "$TRACING"/events/scsi/scsi_dispatch_cmd_{start,done}; do
		echo 0 >"$event/enable"
		echo 0 >"$event/filter"
	done
}

# commands_sent OPCODE: how many there were. The trace shows their bytes.
commands_sent() { grep -c "cmd_start:.* raw=$(printf '%02x' "$1") " "$TRACING/trace"; }

# commands_answered OPCODE: those that were, and not by a unit attention
commands_answered() { grep -c "cmd_done:.* raw=$(printf '%02x' "$1") .*SAM_STAT_GOOD" "$TRACING/trace"; }

# commands_refused OPCODE: those that the target does not know (ILLEGAL REQUEST)
commands_refused() { grep -c "cmd_done:.* raw=$(printf '%02x' "$1") .*sense=(key=0x5 " "$TRACING/trace"; }

# commands_reached OPCODE COUNT, to wait for.
commands_reached() { [ "$(commands_sent "$1")" -ge "$2" ]; }

# commands_at_once: how many of them were under way through one host, at most
commands_at_once()
{
	awk 'match($0, /host_no=[0-9]+/) { host = substr($0, RSTART, RLENGTH) }
		/cmd_start:/ { if (++now[host] > most) most = now[host] }
		/cmd_done:/ { now[host]-- }
		END { print most + 0 }' "$TRACING/trace"
}
