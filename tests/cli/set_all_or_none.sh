#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl set, policy: what is asked for, or nothing if a part of it is wrong or refused"
HOST=1

run()
{
	tree_use iscsi
	dir=block/mpatha/multipath
	expect_status 0 set sdb policy=queue-depth no_path_timeout=-1 failback=manual
	expect_eq "$(tree_get "$dir/iopolicy") $(tree_get "$dir/no_path_timeout") $(tree_get block/mpatha/failback)" \
		"queue-depth -1 manual"
	expect_status 0 policy mpatha
	expect_eq "$OUTPUT" queue-depth
	expect_status 0 policy mpatha round-robin
	expect_eq "$(tree_get "$dir/iopolicy")" round-robin

	refused 2 "no setting 'colour'" set mpatha policy=numa colour=red
	refused 2 "not NAME=VALUE" set mpatha policy=numa failback
	refused 2 "which disk" set
	refused 2 "which disk" policy
	refused 2 "which disk" policy mpatha numa twice
	refused 1 "no multipathed disk" set mpathx policy=numa
	# What cannot be written stands for what the kernel refuses.
	rm "$SYSROOT/sys/block/mpatha/failback"
	refused 1 "failback cannot be set" set mpatha policy=numa failback=30
	mkdir "$SYSROOT/sys/block/mpatha/failback"
	refused 1 "failback cannot be set" set mpatha policy=numa failback=30
	rmdir "$SYSROOT/sys/block/mpatha/failback"
	ln -s /dev/full "$SYSROOT/sys/block/mpatha/failback"
	refused 1 "failback cannot be set: No space" set mpatha policy=numa failback=30
}

# refused STATUS WORDS ARG...: and the policy stays what it was
refused()
{
	expect_refused "$@"
	expect_eq "$(tree_get "$dir/iopolicy")" round-robin "policy after: ${*:3}"
}
