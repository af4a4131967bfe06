#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="nvme-core unloads when its last controller is gone and not before; a second life is as good as the first"
QUICK=1

refcnt() { cat /sys/module/nvme_core/refcnt; }

run()
{
	local round before
	for round in 1 2; do
		load_nvme
		before=$(refcnt)
		unit_up
		exec 8<"/dev/$HEAD"
		expect_fail modprobe -r nvme_loop
		expect_fail rmmod nvme_core
		nvme_disconnect
		[ "$(refcnt)" -gt "$before" ] || fail "round $round: an open disk does not hold the module"
		exec 8<&-
		wait_until 10 refs_are "$before"
		nvmet_destroy
		unload_nvme
		expect_fail test -d /sys/module/nvme_core
	done
}

refs_are() { [ "$(refcnt)" -eq "$1" ]; }
