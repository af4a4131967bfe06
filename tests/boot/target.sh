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

portal_ip() { echo "192.168.$((($1 + 1) / 2)).1$1"; }
portals_up() { nft flush chain ip filter input; }

portals_down()
{
	local n
	for n; do
		nft add rule ip filter input ip daddr "$(portal_ip "$n")" drop
	done
}

network_up()
{
	local n
	modprobe -a virtio_net nf_tables
	for n in 1 2; do
		ip link set "eth$((n - 1))" up
		ip addr add "192.168.$n.1$((n * 2 - 1))/24" dev "eth$((n - 1))"
		ip addr add "192.168.$n.1$((n * 2))/24" dev "eth$((n - 1))"
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
		sleep 0.2
	done
}

# TMP and STATE are a test's; here they are the target's.
# shellcheck disable=SC2034
TMP=$(mktemp -d) STATE=$(mktemp -d)
mkfifo "$STATE/clock"
network_up
lio_create portals=4 size=256M "groups=1 2 1 2" "states=active/optimized active/non-optimized" \
	${1:+backend=block device="$1"}
serve
