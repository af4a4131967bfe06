#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path that was taken out of service has no I/O left: its cable is pulled, and not one command fails"
TIMEOUT=180

set_admin() { path_set "$1" admin_state "$2"; }

run()
{
	local n
	unit_up_debug add_host=6 ndelay=500000000
	find_pair
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	io_start "$HEAD" --iodepth=64
	for n in 1 2 3; do
		wait_traffic "$A" "$B"
		expect_ok set_admin "${P[A]}" out-of-service
		expect_eq "$(in_flight "${P[A]}")" 0 "commands in flight when the path is out of service"
		# The cable: whatever is sent now fails.
		sdebug_fail "${P[A]}" 0xff
		traffic 50
		expect_eq "${D[A]}" 0 "I/O of the path out of service"
		expect_eq "$(path_get "${P[A]}" reason)" "taken out of service" "reason"
		sdebug_heal "${P[A]}" 0xff
		expect_ok set_admin "${P[A]}" in-service
		expect_eq "$(path_get "${P[A]}" reason)" none "reason"
	done
	wait_traffic "$A" "$B"
	io_finish
	for n in "${!P[@]}"; do
		expect_eq "$(path_get "${P[n]}" failovers)" 0 "failovers of path $n"
		expect_eq "$(path_get "${P[n]}" errors)" 0 "errors of path $n"
	done
}
