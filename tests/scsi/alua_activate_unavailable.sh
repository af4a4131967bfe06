#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="H9: explicit ALUA: a host in error recovery for another LUN moves no unit; when the way is lost, a group that is unavailable is activated"
NOP=60
TIMEOUT=180

requires()
{
	have_prog fio iscsiadm nft sg_raw sg_reset
	have_module scsi_mpath iscsi_tcp iscsi_target_mod
}

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
is_past() { [ "$(now_ms)" -ge "$1" ]; }

run()
{
	local recovery begin moved
	unit_up luns=2 tpgs=3 "states=active/optimized standby"
	io_start "$HEAD"
	wait_traffic 1

	# The answer to the reset, and all else through the host, comes when the
	# portal is heard again, and TCP has tried again.
	begin=$(now_ms)
	fault_drop 1
	sg_reset -d -N "/dev/$(path_of 1 1)" &
	recovery=$!
	wait_path "${P[1]}" health blocked
	wait_until 10 is_past $((begin + 1200))
	fault_clear
	wait "$recovery"
	wait_path "${P[1]}" health good
	moved=$(activations)
	# A guest that has no CPU may take longer than the unit waits.
	if [ $(($(now_ms) - begin)) -lt 4500 ]; then
		expect_eq "$moved" 0 "activations while the host recovered"
	else
		note "the host has recovered for $(($(now_ms) - begin)) ms"
	fi

	wait_path "${P[1]}" access_state active/optimized
	lio_alua 2 unavailable
	nudge "${P[2]}"
	wait_path "${P[2]}" access_state unavailable
	fault_reset 1
	wait_path "${P[2]}" access_state active/optimized 25
	wait_traffic 2
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_eq "$(activations)" $((moved + 1)) "activations"
}
