#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="an unknown policy is refused with EINVAL, by the subsystem and by the module, and changes nothing"

run()
{
	local bad file
	load_nvme iopolicy=queue-depth
	unit_up portals=1
	file=$(subsys_dir)/iopolicy
	expect_eq "$(cat "$file")" queue-depth "the policy of the module"
	for bad in fastest round 'numa numa' 1 QUEUE-DEPTH; do
		expect_fail subsys_set iopolicy "$bad"
		expect_eq "$(cat "$file")" queue-depth "after '$bad', the policy"
	done
	strace -e trace=write sh -c "echo bad >$file" 2>"$TMP/trace"
	grep -q EINVAL "$TMP/trace" || fail "not EINVAL: $(cat "$TMP/trace")"
	strace -e trace=write sh -c "echo bad >/sys/module/nvme_core/parameters/iopolicy" 2>"$TMP/trace"
	grep -q EINVAL "$TMP/trace" || fail "the module: not EINVAL: $(cat "$TMP/trace")"
	put round-robin /sys/module/nvme_core/parameters/iopolicy
	expect_eq "$(cat "$file")" queue-depth "a subsystem that is there keeps its policy, which"
}
