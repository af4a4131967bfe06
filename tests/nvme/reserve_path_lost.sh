#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a reservation is the host's, not a path's: it outlives the path that took it, and another host is kept out"
OTHER_NQN=nqn.2014-08.org.example:other OTHER_ID=99999999-2222-3333-4444-555555555555
EXCLUSIVE=2

requires()
{
	have_prog fio nvme nft python3
	have_module nvme_core nvme_loop nvmet
}

pr() { expect_ok "$TESTS/common/pr.py" "/dev/$HEAD" "$@"; }
registered() { nvme resv-report "/dev/$HEAD" -o json --eds 2>/dev/null | jq .regctl; }

run()
{
	local n other
	load_nvme
	nvmet_probe_resv
	unit_up resv=1
	expect_ok subsys_set iopolicy round-robin
	io_start "$HEAD"
	pr register 0 0xabc
	pr reserve 0xabc $EXCLUSIVE
	expect_eq "$(registered)" 1 "hosts that are registered"
	wait_traffic 1 2
	# Whichever path took it.
	for n in 1 2; do
		nvme_disconnect "$n"
		wait_traffic $((3 - n))
		nvme_connect "$n"
		unit_find
		expect_eq "$(registered)" 1 "hosts that are registered"
		wait_traffic 1 2
	done
	io_finish

	# Another host. It has the same subsystem, so it must not carry I/O.
	nvmet_ana 1 inaccessible
	wait_ana 1 inaccessible
	nvme_disconnect 1
	nvmet_ana 1 non-optimized
	HOSTNQN=$OTHER_NQN HOSTID=$OTHER_ID
	nvme_connect 1
	unit_find
	other=/dev/${C[1]}
	expect_fail nvme write "$other" -n 1 -s 0 -c 0 -z 4096 -d /dev/zero
	expect_ok nvme read "/dev/$HEAD" -s 0 -c 0 -z 4096 -d /dev/null
	expect_ok write_head
	pr release 0xabc $EXCLUSIVE
	expect_ok nvme write "$other" -n 1 -s 0 -c 0 -z 4096 -d /dev/zero
	pr register 0xabc 0
}

# A namespace that is made for the question only.
nvmet_probe_resv()
{
	local missing=
	mkdir "$NVMET_SUBSYS" "$(nvmet_ns 9)" || fail "nvmet refused a subsystem"
	[ -e "$(nvmet_ns 9)/resv_enable" ] || missing=1
	rmdir "$(nvmet_ns 9)" "$NVMET_SUBSYS"
	[ -z "$missing" ] || skip "nvmet has no reservations"
}
