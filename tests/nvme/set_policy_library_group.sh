#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="the policy in multipath/ of a head and that of its subsystem are one and the same"

run()
{
	local policy
	unit_up
	need_attribute "/sys/block/$HEAD/multipath/iopolicy"
	for policy in round-robin queue-depth numa; do
		expect_ok subsys_set iopolicy $policy
		expect_eq "$(head_get iopolicy)" $policy "policy of the head"
	done
	expect_ok head_set iopolicy round-robin
	expect_eq "$(subsys_get iopolicy)" round-robin "policy of the subsystem"
	expect_fail head_set iopolicy fastest
	expect_eq "$(head_get iopolicy)" round-robin "policy after a bad name"
	io_start "$HEAD"
	wait_traffic 1 2
	io_finish
}
