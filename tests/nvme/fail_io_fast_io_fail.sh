#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="fast_io_fail_tmo: I/O fails when it is over, the disk stays, and works when a portal is back"
WAIT=3

run()
{
	local begin held
	unit_up transport=tcp -- fast_io_fail_tmo=$WAIT ctrl_loss_tmo=600
	expect_eq "$(cat "/sys/class/nvme/${C[1]}/fast_io_fail_tmo")" $WAIT fast_io_fail_tmo
	io_start "$HEAD"
	begin=${EPOCHREALTIME/./}
	fault_all reset
	wait_ctrl 1 connecting
	wait_ctrl 2 connecting
	wait_until $((WAIT + 10)) io_ended
	held=$(((${EPOCHREALTIME/./} - begin) / 1000))
	[ "$held" -ge $((WAIT * 1000 - 100)) ] || fail "held for $held ms, not $WAIT s"
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	# The next does not wait again.
	expect_refused 5 dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct
	wait_ctrl 1 connecting
	fault_clear
	wait_ctrl 1 live 20
	wait_ctrl 2 live 20
	expect_ok read_head
	io_start "$HEAD"
	io_finish
}
