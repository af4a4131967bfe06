#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H3: what the last close writes back is still I/O of a user: without a path it is held, not lost"
QUICK=1

# write_and_close: through the page cache; the partition is closed last
write_and_close()
{
	exec 7<>"/dev/$HEAD"
	exec 8<"/dev/${HEAD}1"
	dd if="$TMP/data" bs=4k count=16 status=none >&7
	path_del 1
	exec 7>&-
	exec 8<&-
}

run()
{
	local writer count
	disks_shared 1
	echo "1024,65536" | sfdisk -q "/dev/${DISK[1]}" || fail "no partition table"
	unit_up 1
	wait_until 10 test -b "/dev/${HEAD}1"
	expect_ok head_set delayed_removal_secs in-use
	# Sector 1 on is in no partition, nor what the table is read from.
	dd if=/dev/urandom of="$TMP/data" bs=4k count=16 status=none
	dd if="/dev/${DISK[1]}" of="$TMP/data" bs=4k count=1 conv=notrunc status=none
	count=$(head_get requeued)
	write_and_close &
	writer=$!
	wait_until 10 head_holds $((count + 1))
	expect_ok path_back 1
	wait "$writer"
	expect_eq "$(head_get failed)" 0 "failed I/O"
	dd if="/dev/${DISK[1]}" bs=4k count=16 iflag=direct status=none |
		cmp - "$TMP/data" || fail "what was written before the close is lost"
}
