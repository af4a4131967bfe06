#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="no_path_timeout: held I/O fails when it is over, new I/O at once, and all is well when a path is back"
WAIT=3

run()
{
	local begin held
	unit_up
	need_attribute "/sys/block/$HEAD/multipath/no_path_timeout"
	expect_eq "$(head_get no_path_timeout)" -1 "the default"
	expect_fail head_set no_path_timeout soon
	expect_ok head_set no_path_timeout $WAIT
	io_start "$HEAD"
	begin=${EPOCHREALTIME/./}
	nvmet_ana_all inaccessible
	wait_head state no-usable-path
	wait_until $((WAIT + 10)) io_ended
	held=$(((${EPOCHREALTIME/./} - begin) / 1000))
	[ "$held" -ge $((WAIT * 1000 - 100)) ] || fail "held for $held ms, not $WAIT s"
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	wait_head state failed
	[ "$(head_get failed)" -gt 0 ] || fail "no failed I/O counted"
	expect_refused 5 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
	nvmet_ana 1 optimized
	wait_head state degraded
	expect_ok read_head
	nvmet_ana 2 optimized
	wait_head state online
}
