#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="multipath=N: each controller has a disk of its own, and no head joins them"

own_disks() { [ -b "/dev/${C[1]}n1" ] && [ -b "/dev/${C[2]}n1" ]; }

run()
{
	local n
	load_nvme multipath=N
	expect_eq "$(cat /sys/module/nvme_core/parameters/multipath)" N "the parameter"
	nvmet_create
	defer nvme_disconnect_all
	nvme_connect 1
	nvme_connect 2
	wait_until 10 own_disks
	expect_fail path_of 1
	for n in 1 2; do
		HEAD=${C[n]}n1
		wait_until 10 read_head
		expect_fail test -e "/sys/block/$HEAD/multipath"
		expect_fail test -e "/sys/block/$HEAD/ana_state"
	done
	io_start "${C[1]}n1"
	io_finish
}
