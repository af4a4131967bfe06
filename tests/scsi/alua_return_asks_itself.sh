#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H11: a path is back while the other has just fallen silent: it is used at once, and does not wait for what the other is asked"
NOP=60

nft_end() { nft delete element inet faults "$1" "{ $(portal_ip "$2") }" || fail "nft: no way back"; }
is_busy() { [ "$(in_flight "$1")" -gt 0 ]; }
has_errors() { [ "$(path_get "$1" errors)" -gt 0 ]; }
runs() { [ "$(<"/sys/block/$1/device/state")" = running ]; }

run()
{
	unit_up
	io_start "$HEAD"
	wait_ios "$HEAD" 50
	# A path on which I/O has failed is probed, and asks, when it is back.
	fault_drop 2
	wait_until 10 is_busy "${P[2]}"
	fault_reset 2
	nft_end dropped 2
	wait_until 20 has_errors "${P[2]}"
	wait_traffic 1
	fault_drop 1
	nft_end refused 2
	wait_until 30 runs "${P[2]}"
	wait_path "${P[2]}" health good 6
	# What portal 1 has swallowed is not to be had before it is heard again.
	expect_ok timeout 5 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
	fault_clear
	wait_head state online 30
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
