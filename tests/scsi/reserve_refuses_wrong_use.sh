#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="a reservation that would stop all paths but one is refused, and nothing of it reaches the target"

# RESERVE(6) by SCSI_IOCTL_SEND_COMMAND
older_way()
{
	python3 -c '
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDWR), 1, bytearray(struct.pack("II", 0, 0) + b"\x16" + bytes(63)))
' "/dev/$HEAD"
}

run()
{
	pr_up portals=2
	pr register 0 0xabc
	pr_refused register 0x111 0x222
	wait_keys host 0xabc 2
	pr_refused reserve 0xabc 1
	pr_refused reserve 0xabc 2
	pr_refused preempt 0xabc 0xabc 1
	pr_refused reserve 0x999 $WRITE_ALL
	is_free || fail "somebody holds a reservation"

	# By hand it would be one path's own.
	expect_fail sg_persist --no-inquiry --out --register-ignore --param-sark=0x5 "/dev/$HEAD"
	expect_fail sg_raw "/dev/$HEAD" 16 00 00 00 00 00
	expect_fail older_way
	wait_keys host 0x5 0
	# Any other command goes through, and so does the look at the keys.
	expect_ok sg_raw -r 36 "/dev/$HEAD" 12 00 00 00 24 00
	expect_ok sg_persist --no-inquiry --in --read-keys "/dev/$HEAD"
	wait_head state online
	pr register 0xabc 0
	wait_keys host 0xabc 0
}
