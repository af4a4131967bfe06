#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="the target ends a controller under I/O: the path goes or reconnects, I/O moves, and a new one is a path again"

away() { ctrl_gone 1 || ! ctrl_is 1 live; }

run()
{
	local transport
	for transport in loop tcp; do
		unit_up transport=$transport
		io_start "$HEAD"
		nvmet_unlink 1
		wait_until 10 away
		unset "P[1]"
		wait_traffic 2
		nvmet_link 1
		# What does not come back by itself is connected anew.
		poll 5 ctrl_is 1 live || {
			ctrl_gone 1 || nvme_disconnect 1
			nvme_connect 1
		}
		unit_find
		nvmet_ana 2 inaccessible
		wait_traffic 1
		io_finish
		nvme_disconnect
		nvmet_destroy
	done
}
