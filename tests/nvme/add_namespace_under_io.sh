#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a namespace is added and removed under I/O to another: it gets its own head with all paths, and goes whole"
QUICK=1
TIMEOUT=180

two_paths() { [ "$(path_of 1 2)" ] && [ "$(path_of 2 2)" ]; }
no_paths() { ! path_of 1 2 && ! path_of 2 2; }

run()
{
	local second round
	unit_up
	io_start "$HEAD"
	truncate -s 32M "$TMP/second"
	for round in 1 2; do
		nvmet_add_ns 2 "$TMP/second"
		wait_new_ns two_paths
		second=$(head_of "$(path_of 1 2)")
		expect_eq "$(head_of "$(path_of 2 2)")" "$second" "the head of the other path"
		[ "$second" != "$HEAD" ] || fail "two namespaces in one head"
		wait_until 10 test -b "/dev/$second"
		expect_eq "$(cat "/sys/block/$second/size")" 65536 "round $round: sectors"
		echo "round $round" | dd of="/dev/$second" bs=4k conv=sync oflag=direct status=none ||
			fail "no write to $second"
		expect_eq "$(head -n 1 "$TMP/second")" "round $round" "what the target has"
		nvmet_del_ns 2
		wait_until 15 no_paths
		wait_until 5 test ! -e "/sys/block/$second"
	done
	io_finish
	expect_stall 2000
}
