# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Two ways in which a portal fails, each a set of nftables: it answers with a
# TCP reset, or it does not answer. A reset goes to the initiator, with the next
# packet that it sends, be it an acknowledgement: were the portal's own packets
# refused as well, an initiator that waits for an answer would hear nothing
# until its next NOP. Silence is in both directions.

faults_init()
{
	# The resets that the rules send come in by the same hook.
	nft -f - <<-EOF
		table ip demo {
			set resetting { type ipv4_addr; }
			set silent { type ipv4_addr; }
			chain input {
				type filter hook input priority 0;
				tcp flags rst accept
				ip daddr @resetting tcp dport 3260 reject with tcp reset
				ip daddr @silent tcp dport 3260 drop
				ip saddr @silent tcp sport 3260 drop
			}
		}
	EOF
}

# portals_fail resetting|silent PORTAL...: all at one time
portals_fail()
{
	local set=$1 IFS=,

	shift
	nft add element ip demo "$set" "{ $* }"
}

portals_mend()
{
	nft "flush set ip demo resetting; flush set ip demo silent"
}
