# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What can befall the way to a portal of lio.sh or nvmet.sh. Everything goes over
# the loopback device, so both directions pass one and the same input hook.

# TCP port of every portal, and how many there are, where it is not LIO.
: "${FAULT_PORT=3260}" "${FAULT_PORTALS=}"

fault_begin()
{
	nft -f - <<-RULES || fail "nft refused the rules"
		table inet faults
		delete table inet faults
		table inet faults {
			set dropped { type ipv4_addr; }
			set refused { type ipv4_addr; }
			chain in {
				type filter hook input priority 0;
				ip daddr @dropped tcp dport $FAULT_PORT drop
				ip saddr @dropped tcp sport $FAULT_PORT drop
				# A reset must get through. It is the initiator that
				# shall be told, and whatever reaches it makes it
				# answer: were the target's packets refused as well,
				# it would hear nothing until its next NOP.
				tcp flags & rst == rst accept
				ip daddr @refused tcp dport $FAULT_PORT reject with tcp reset
			}
		}
	RULES
	defer fault_end
}

fault_end() { nft delete table inet faults 2>/dev/null; }

fault_ready() { nft list table inet faults >/dev/null 2>&1 || fault_begin; }

fault_add()
{
	local set=$1 n ips=
	shift
	fault_ready
	for n; do ips+="$(portal_ip "$n"),"; done
	nft add element inet faults "$set" "{ ${ips%,} }" || fail "nft: $set $*"
}

# fault_reset PORTAL...: connections are reset, by a TCP reset to the next
# packet of the initiator, and new ones refused.
fault_reset() { fault_add refused "$@"; }

# fault_drop PORTAL...: nothing comes through and nobody is told.
fault_drop() { fault_add dropped "$@"; }

# fault_all reset|drop: every portal, by one rule change, so at one time.
fault_all()
{
	# shellcheck disable=SC2046
	"fault_$1" $(seq "${FAULT_PORTALS:-$LIO_PORTALS}")
}

# The end of every fault, at one time.
fault_clear()
{
	nft -f - <<-'RULES' || fail "nft refused to clear"
		flush set inet faults dropped
		flush set inet faults refused
	RULES
}

# fault_slow PORTAL MS: every packet to it takes so much longer, for good. The
# third band of prio is the only one with a delay, and only this portal's.
fault_slow()
{
	tc -batch - <<-RULES || fail "tc refused a delay"
		qdisc add dev lo root handle 1: prio priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
		qdisc add dev lo parent 1:3 handle 30: netem delay ${2}ms
		filter add dev lo parent 1: protocol ip prio 1 u32 match ip dst $(portal_ip "$1")/32 flowid 1:3
	RULES
	defer tc qdisc del dev lo root
}
