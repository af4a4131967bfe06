#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="round-robin: three paths get about a third each; the non-optimized one nothing"
QUICK=1

run()
{
	unit_up portals=4 "states=optimized optimized optimized non-optimized"
	expect_ok subsys_set iopolicy round-robin
	expect_eq "$(subsys_get iopolicy)" round-robin
	io_start "$HEAD"
	wait_traffic 1 2 3
	traffic 600
	expect_thirds
	expect_eq "${D[4]}" 0 "I/O of the non-optimized path"
	nvmet_ana 1 non-optimized
	nvmet_ana 2 inaccessible
	nvmet_ana 3 inaccessible
	wait_traffic 1 4
	io_finish
}
