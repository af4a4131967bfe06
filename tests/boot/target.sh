#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# target.sh [DEVICE]: be the target for a machine: one unit, DEVICE or a RAM disk,
# behind four portals on two networks, which are of one better ALUA group (1 and 3)
# and another. Do what on_target() asks for until the test ends.

exec 5>&1
# shellcheck source=tests/common/rc
. "$TESTS/common/rc"
# shellcheck source=tests/common/lio.sh
. "$TESTS/common/lio.sh"
# shellcheck source=tests/common/paths.sh
. "$TESTS/common/paths.sh"
# shellcheck source=tests/common/san.sh
. "$TESTS/common/san.sh"

portals_up() { nft flush chain ip filter input; }

portals_down()
{
	local n
	for n; do
		nft add rule ip filter input ip daddr "$(portal_ip "$n")" drop
	done
}

# portals_away SECONDS PORTAL…
portals_away()
{
	portals_down "${@:2}"
	sleep "$1"
	portals_up
}

network_up()
{
	local n
	modprobe -a virtio_net nf_tables
	ip link set eth0 up
	ip link set eth1 up
	for n in 1 2 3 4; do
		ip addr add "$(portal_ip "$n")/24" dev "eth$(((n - 1) / 2))"
	done
	nft add table ip filter
	nft add chain ip filter input '{ type filter hook input priority 0; }'
}

serve()
{
	local n=0
	touch "$OUT/ready"
	while [ ! -e "$OUT/end" ]; do
		if [ -e "$OUT/do.$n" ]; then
			(eval "$(cat "$OUT/do.$n")")
			echo $? >"$OUT/.done"
			mv "$OUT/.done" "$OUT/done.$n"
			n=$((n + 1))
		fi
		# A process would cost an emulated CPU much.
		read -r -t 0.2 <>"$STATE/clock" || :
	done
}

# TMP and STATE are a test's; here they are the target's.
# shellcheck disable=SC2034
TMP=$(mktemp -d) STATE=$(mktemp -d)
mkfifo "$STATE/clock"
network_up
lio_create portals=4 size=400M "groups=1 2 1 2" "states=active/optimized active/non-optimized" \
	${1:+backend=block device="$1"}
serve
