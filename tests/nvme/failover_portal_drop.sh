#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a portal falls silent: I/O stalls until the keep-alive finds out, no longer"
KATO=2

run()
{
	unit_up transport=tcp -- keep_alive_tmo=$KATO
	io_start "$HEAD"
	find_user
	fault_drop "$A"
	# One keep-alive period until the command is sent, one until it is late,
	# and as much for what comes between.
	wait_ios "$HEAD" 100 $((3 * KATO + 5))
	wait_traffic "$B"
	wait_ctrl "$A" connecting
	fault_clear
	wait_ctrl "$A" live 30
	io_finish
	expect_stall $(((3 * KATO + 1) * 1000)) $((3 * KATO * 1000))
}
