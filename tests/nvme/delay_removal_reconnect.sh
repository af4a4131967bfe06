#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="delayed_removal_secs: the disk outlives its last controller, holds I/O, and goes on with a new one"

run()
{
	local old begin
	unit_up
	need_attribute "/sys/block/$HEAD/delayed_removal_secs"
	expect_ok head_attr 60
	io_start "$HEAD"
	old=$(readlink -f "/sys/block/$HEAD")
	nvme_disconnect
	expect_ok test -e "/sys/block/$HEAD"
	expect_writer_waits
	nvme_connect 1
	nvme_connect 2
	unit_find
	expect_eq "$(readlink -f "/sys/block/$HEAD")" "$old" "the disk"
	wait_ios "$HEAD" 50
	io_finish

	expect_ok head_attr "$(slow 5)"
	nvme_disconnect
	begin=${EPOCHREALTIME/./}
	wait_until 15 head_gone
	[ $(((${EPOCHREALTIME/./} - begin) / 1000)) -ge 1000 ] || fail "the disk went at once"
}

head_attr() { echo "$1" >"/sys/block/$HEAD/delayed_removal_secs"; }
