#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="a key is registered through every path, so that a reservation stops none of them"
QUICK=1

both_carry()
{
	traffic 60
	[ "${D[1]}" -gt 0 ] && [ "${D[2]}" -gt 0 ]
}

run()
{
	pr_up portals=2
	head_set iopolicy round-robin
	io_start "$HEAD"
	pr register 0 0xabc
	wait_keys host 0xabc 2
	pr reserve 0xabc $WRITE_ALL
	wait_until 10 both_carry
	pr release 0xabc $WRITE_ALL
	wait_until 5 is_free
	pr reserve 0xabc $WRITE_REGISTRANTS
	wait_until 10 both_carry
	pr register 0xabc 0xdef
	wait_keys host 0xdef 2
	wait_until 10 both_carry
	io_finish
	pr clear 0xdef
	wait_keys host 0xdef 0
	wait_head state online
}
