#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="names that tools rely on: disks, subsystem, ana_state, ana_grpid, char device, and no block device for a path"
QUICK=1

run()
{
	local subsys n
	unit_up portals=2 "states=optimized non-optimized"
	subsys=$(subsys_dir)
	[[ $HEAD =~ ^nvme[0-9]+n1$ ]] || fail "the head is $HEAD"
	[[ ${subsys##*/} =~ ^nvme-subsys[0-9]+$ ]] || fail "the head's device is $subsys"
	expect_eq "${HEAD#nvme}" "${subsys##*/nvme-subsys}n1" "number of the head"
	expect_eq "$(cat "$subsys/subsysnqn")" "$NQN" subsysnqn
	expect_eq "$(cat "$subsys/iopolicy")" numa iopolicy
	for n in 1 2; do
		[ -L "$subsys/${C[n]}" ] || fail "the subsystem has no link to ${C[n]}"
		expect_eq "$(cat "/sys/block/${P[n]}/hidden")" 1 "hidden of ${P[n]}"
		expect_fail test -e "/dev/${P[n]}"
		expect_eq "$(path_get "${P[n]}" ana_grpid)" 1 "ana_grpid of ${P[n]}"
		expect_eq "$(path_get "${P[n]}" nsid)" 1 "nsid of ${P[n]}"
		# They are a path's, not the head's.
		expect_eq "$(cat "/sys/block/$HEAD/wwid")" "$(path_get "${P[n]}" wwid)" "wwid of ${P[n]}"
	done
	expect_eq "$(path_get "${P[1]}" ana_state)" optimized
	expect_eq "$(path_get "${P[2]}" ana_state)" non-optimized
	expect_fail test -e "/sys/block/$HEAD/ana_state"
	expect_fail test -e "/sys/block/$HEAD/ana_grpid"
	expect_eq "$(cat "/sys/block/$HEAD/uuid")" "$(cat "$(nvmet_ns 1)/device_uuid")" "uuid"
	wait_until 5 test -c "/dev/ng${HEAD#nvme}"
	expect_eq "$(cat "/sys/block/$HEAD/hidden")" 0 "hidden of the head"
}
