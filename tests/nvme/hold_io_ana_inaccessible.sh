#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="all paths inaccessible: I/O is held, sysfs answers, and I/O goes on when one is optimized again"
QUICK=1

run()
{
	unit_up
	io_start "$HEAD"
	nvmet_ana_all inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 inaccessible
	wait_until 10 io_stands
	expect_ok timeout 5 cat "/sys/block/$HEAD/size" "$(subsys_dir)/iopolicy" "/sys/block/${P[1]}/ana_grpid"
	expect_writer_waits
	nvmet_ana 2 optimized
	wait_traffic 2
	nvmet_ana 1 optimized
	wait_ana 1 optimized
	io_finish
}
