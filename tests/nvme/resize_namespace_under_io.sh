#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a namespace grows and shrinks under I/O: the head follows, and its new end can be written"
QUICK=1

sectors() { cat "/sys/block/$HEAD/size"; }
size_is() { [ "$(sectors)" -eq "$1" ]; }

resize()
{
	truncate -s "$1" "$TMP/ns1"
	put 1 "$(nvmet_ns 1)/revalidate_size"
}

run()
{
	unit_up size=64
	expect_eq "$(sectors)" 131072 "sectors"
	io_start "$HEAD"
	resize 96M
	wait_until 10 size_is 196608
	expect_eq "$(blockdev --getsz "/dev/$HEAD")" 196608 "size of the open disk"
	expect_ok dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=95 oflag=direct
	expect_fail dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=96 oflag=direct
	resize 32M
	wait_until 10 size_is 65536
	expect_fail dd if=/dev/zero of="/dev/$HEAD" bs=1M count=1 seek=32 oflag=direct
	# While no path takes I/O.
	nvmet_ana_all inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 inaccessible
	resize 64M
	wait_until 10 size_is 131072
	nvmet_ana_all optimized
	wait_ios "$HEAD" 50
	io_finish
}
