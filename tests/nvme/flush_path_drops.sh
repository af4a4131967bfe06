#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
. "$TESTS/common/commands.sh"
DESC="F1: a path whose queue drops flushes answers none: each fsync reaches the target through the other one"

flushes() { grep -c "nvmet_req_init.*nvme_cmd_flush" "$TRACING/trace"; }
sync_head() { dd if=/dev/null of="/dev/$HEAD" conv=fsync,notrunc status=none; }

run()
{
	local n
	unit_up
	need_attribute "/sys/block/$HEAD/multipath/iopolicy"
	head_set iopolicy round-robin
	defer sh -c "echo 0 >$TRACING/events/nvmet/enable"
	echo 1 >"$TRACING/events/nvmet/nvmet_req_init/enable"
	echo >"$TRACING/trace"
	put "write through" "/sys/block/${P[1]}/queue/write_cache"
	for n in 1 2 3 4 5 6; do
		expect_ok sync_head
	done
	expect_eq "$(flushes)" 6 "flushes of 6 fsyncs"
	expect_eq "$(head_get state)" degraded "with a path that drops them"

	put "write back" "/sys/block/${P[1]}/queue/write_cache"
	ctrl_do 1 rescan_controller
	wait_head state online
}
