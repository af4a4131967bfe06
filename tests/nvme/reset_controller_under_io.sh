#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a controller is reset under I/O, again and again, on either transport: no error, and the path comes back"

run()
{
	local n transport
	for transport in loop tcp; do
		unit_up transport=$transport
		io_start "$HEAD"
		for n in 1 2 1 2 1 2; do
			ctrl_do "$n" reset_controller
			wait_ctrl "$n" live
			wait_ana "$n" optimized
			wait_ios "$HEAD" 20
		done
		io_finish
		expect_eq "$(path_of 1) $(path_of 2)" "${P[1]} ${P[2]}" "paths"
		nvme_disconnect
		nvmet_destroy
	done
}
