#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="one zone is written to through two paths by turns: each write goes on where the last one ended, whichever path it took"

# write_on BLOCK COUNT: that many blocks of 4 KiB from there on
write_on() { dd if=/dev/urandom of="/dev/$HEAD" bs=4k seek="$1" count="$2" oflag=direct status=none; }
pointer() { blkzone report -c 1 "/dev/$HEAD" | sed -n 's/.*wptr 0x\([0-9a-f]*\).*/\1/p'; }

# The block layer keeps a write pointer of each zone for each path, which knows
# nothing of what went through another: it refuses the third of these writes.
requires()
{
	skip "each path has its own idea of the write pointer, in the kernel's own nvme-core and in ours"
}

run()
{
	local block n=1
	unit_up backend=null_blk "blk=zoned=1 zone_size=4 zone_max_open=0" size=32
	for ((block = 0; block < 32; block += 4)); do
		nvmet_ana $((3 - n)) inaccessible
		wait_ana $((3 - n)) inaccessible
		nvmet_ana "$n" optimized
		wait_ana "$n" optimized
		write_on "$block" 4 || fail "no write of block $block through path $n, the pointer is at $((16#$(pointer) / 8))"
		expect_eq $((16#$(pointer) / 8)) $((block + 4)) "the write pointer, in blocks,"
		n=$((3 - n))
	done
}
