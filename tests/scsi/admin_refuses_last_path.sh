#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the last path that takes I/O stays in service, whoever asks; a wrong word changes nothing; an admin need not wait for I/O that hangs"
TIMEOUT=120
QUICK=1

admin() { path_get "$1" admin_state; }
set_admin() { path_set "$1" admin_state "$2"; }
read_hangs() { [ "$(in_flight "${P[A]}")" -gt 0 ]; }

run()
{
	local n readers=() start
	unit_up_debug add_host=6
	find_pair
	for n in out OUT-OF-SERVICE "out-of-service x" "" in_service 1; do
		expect_fail set_admin "${P[A]}" "$n"
		expect_eq "$(admin "${P[A]}")" in-service "state after '$n'"
	done

	for n in "${!P[@]}"; do
		[ "$n" = "$A" ] || expect_ok set_admin "${P[n]}" out-of-service
	done
	expect_fail set_admin "${P[A]}" out-of-service
	expect_eq "$(admin "${P[A]}")" in-service "state of the last path"
	expect_ok read_block 1
	# To ask again for what is, is no error.
	expect_ok set_admin "${P[B]}" out-of-service
	expect_ok set_admin "${P[B]}" in-service
	expect_ok set_admin "${P[B]}" in-service

	# A read that nobody answers keeps the admin waiting, but not for ever.
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	put 12 "/sys/block/${P[A]}/device/timeout"
	sdebug_rule "${P[A]}" "0 -2 0x28"
	for n in 1 2 3 4; do
		read_block "$n" &
		readers+=($!)
		! within 1 read_hangs || break
	done
	read_hangs || fail "no read of $n went through the path"
	start=$EPOCHSECONDS
	timeout -s INT 2 bash -c "echo out-of-service >/sys/block/${P[A]}/mpath/admin_state" 2>/dev/null &&
		fail "the path is out of service with a command under way"
	expect_le $((EPOCHSECONDS - start)) 6 "seconds until the signal is heard"
	expect_eq "$(admin "${P[A]}")" out-of-service "state after the signal"
	expect_ok set_admin "${P[A]}" out-of-service
	for n in "${readers[@]}"; do wait "$n" || fail "a read failed"; done
	expect_ok set_admin "${P[A]}" in-service
	expect_ok read_block 3
}
