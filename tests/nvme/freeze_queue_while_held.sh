#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="the head's queue is frozen while its I/O is held: the freeze does not wait for it, and no I/O is lost"
QUICK=1

# Each of these freezes the queue: of the head by a file of its own, and by the
# scan that finds new limits.
freeze()
{
	expect_ok timeout 10 bash -c "echo 64 >/sys/block/$HEAD/queue/max_sectors_kb"
	expect_ok timeout 10 bash -c "echo 0 >/sys/block/$HEAD/queue/iostats"
	expect_ok timeout 10 bash -c "echo 1 >/sys/block/$HEAD/queue/iostats"
}

run()
{
	unit_up
	io_start "$HEAD"
	nvmet_ana_all inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 inaccessible
	wait_until 10 io_stands
	freeze
	expect_eq "$(cat "/sys/block/$HEAD/queue/max_sectors_kb")" 64 max_sectors_kb
	ctrl_do 1 rescan_controller
	ctrl_do 1 reset_controller
	wait_ctrl 1 live
	freeze
	expect_writer_waits
	nvmet_ana_all optimized
	wait_ios "$HEAD" 100
	freeze
	io_finish
}
