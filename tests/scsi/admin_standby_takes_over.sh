#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a path on standby gets no I/O until there is no other, and none again when there is"
TIMEOUT=240

set_admin() { expect_ok path_set "$1" admin_state "$2"; }

run()
{
	local n
	unit_up portals=2
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	io_start "$HEAD"
	wait_traffic 1 2
	set_admin "${P[1]}" standby
	wait_traffic 2
	expect_eq "$(path_get "${P[1]}" admin_state)" standby "state"
	expect_eq "$(path_get "${P[1]}" health)" good "health"

	for n in 1 2 3 4; do
		fault_reset 2
		wait_traffic 1
		fault_clear
		wait_path "${P[2]}" health good 30
		expect_ok path_set "${P[2]}" reset 1
		wait_traffic 2
	done

	# Of two on standby, both are used.
	set_admin "${P[2]}" standby
	wait_traffic 1 2
	set_admin "${P[1]}" in-service
	wait_traffic 1
	set_admin "${P[2]}" in-service
	wait_traffic 1 2
	io_finish
	expect_stall 300
}
