#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="ctrl_loss_tmo: the controller goes when it is over, its path with it; with the last one the disk"

run()
{
	unit_up transport=tcp -- ctrl_loss_tmo=3
	io_start "$HEAD"
	find_user
	fault_reset "$A"
	wait_ctrl "$A" connecting
	wait_traffic "$B"
	wait_until 20 ctrl_gone "$A"
	expect_fail test -e "/sys/block/${P[A]}"
	wait_ios "$HEAD" 50
	fault_reset "$B"
	wait_until 20 ctrl_gone "$B"
	wait_until 5 head_gone
	wait_until 10 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
}
