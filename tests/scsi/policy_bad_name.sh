#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="an unknown policy is refused with EINVAL and changes nothing"

run()
{
	local bad
	expect_fail modprobe scsi_mpath iopolicy=fastest
	unit_up portals=1
	expect_ok head_set iopolicy round-robin
	# A prefix of a name is not the name.
	for bad in fastest round 'numa numa' '' 1 QUEUE-DEPTH; do
		expect_fail head_set iopolicy "$bad"
		expect_eq "$(head_get iopolicy)" round-robin "after '$bad', the policy"
	done
	strace -e trace=write sh -c "echo bad >/sys/block/$HEAD/multipath/iopolicy" \
		2>"$TMP/trace"
	grep -q EINVAL "$TMP/trace" || fail "not EINVAL: $(cat "$TMP/trace")"
	expect_eq "$(cat /sys/module/scsi_mpath/parameters/iopolicy)" queue-depth "default"
}
