#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="all portals down: I/O is held while controllers reconnect, and goes on when one is back"

run()
{
	unit_up transport=tcp
	io_start "$HEAD"
	fault_all reset
	wait_ctrl 1 connecting
	wait_ctrl 2 connecting
	wait_until 10 io_stands
	expect_writer_waits
	fault_clear
	wait_ctrl 1 live 20
	wait_ctrl 2 live 20
	wait_ios "$HEAD" 100 30
	io_finish
}
