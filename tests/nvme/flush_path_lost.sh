#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
. "$TESTS/common/commands.sh"
DESC="F2: fsync returns 0 only if a flush has reached the target: one that was lost with its path is sent again"
KATO=2

# flushes EVENT: those that the target has got, or the host was told the end of
flushes() { grep -c "$1.*nvme_cmd_flush" "$TRACING/trace"; }

sync_head() { dd if=/dev/null of="/dev/$HEAD" conv=fsync,notrunc status=none; }

run()
{
	local sync
	[ -z "$NVME_STOCK" ] ||
		note "the stock module fails this: Documentation/upstream/nvme-multipath-flush.patch"
	unit_up transport=tcp -- keep_alive_tmo=$KATO
	io_start "$HEAD"
	find_user
	io_finish
	defer sh -c "echo 0 >$TRACING/events/nvmet/enable"
	echo 1 >"$TRACING/events/nvmet/nvmet_req_init/enable"

	echo >"$TRACING/trace"
	expect_ok sync_head
	expect_eq "$(flushes nvmet_req_init)" 1 "flushes of an fsync"

	echo >"$TRACING/trace"
	fault_drop "$A"
	sync_head &
	sync=$!
	wait_ctrl "$A" connecting $((3 * KATO + 5))
	wait "$sync" || fail "fsync failed, though another path works"
	expect_eq "$(flushes nvmet_req_init)" 1 "flushes of an fsync whose path was lost"
	fault_clear
	wait_ctrl "$A" live 30
}
