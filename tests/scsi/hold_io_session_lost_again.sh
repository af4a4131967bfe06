#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H1: a write whose every try loses the only session is sent again until it passes: the hold time bounds it, not the number of tries"

# What is as large as data is lost, and with it all that comes behind it in the
# connection: the next NOP ends the session, and the login that follows passes.
lose_data()
{
	fault_ready
	nft insert rule inet faults in tcp dport 3260 meta length gt 3000 drop ||
		fail "nft refused the rule"
}

pass_data() { nft flush chain inet faults in; }

write_block()
{
	dd if=/dev/urandom of="/dev/$HEAD" bs=16k count=1 oflag=direct status=none
}

has_lost() { [ "$(path_get "${P[1]}" errors_transport)" -ge "$1" ]; }

run()
{
	local writer
	NOP=1
	unit_up portals=1
	lose_data
	write_block &
	writer=$!
	wait_until 40 has_lost 3
	pass_data
	wait "$writer" || fail "the write failed"
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
