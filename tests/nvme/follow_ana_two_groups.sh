#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="over TCP: two ANA groups, each with states of its own; a namespace follows its group alone"

run()
{
	local other
	unit_up transport=tcp namespaces=2 backend=null_blk groups=2
	poll 20 path_of 1 2 >/dev/null || fail "no path to namespace 2"
	other=$(path_of 1 2)
	wait_path "$other" ana_grpid 1
	# A namespace changes its group while it is there.
	put 2 "$(nvmet_ns 2)/ana_grpid"
	ctrl_do 1 rescan_controller
	wait_path "$other" ana_grpid 2
	expect_eq "$(path_get "${P[1]}" ana_grpid)" 1 "the group of namespace 1"
	nvmet_ana 1 inaccessible 2
	wait_path "$other" ana_state inaccessible
	expect_eq "$(path_get "${P[1]}" ana_state)" optimized "the group of namespace 1"
	io_start "$HEAD"
	nvmet_ana 2 inaccessible 1
	wait_ana 2 inaccessible
	wait_traffic 1
	expect_eq "$(path_get "$other" ana_state)" inaccessible "the group of namespace 2"
	nvmet_ana 1 optimized 2
	wait_path "$other" ana_state optimized
	nvmet_ana 2 optimized 1
	wait_ana 2 optimized
	io_finish
	expect_stall 500
}
