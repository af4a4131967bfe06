#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a zoned namespace: the head is zoned as its paths are, reports through any of them, and refuses a write out of order"

report() { blkzone report "/dev/$HEAD" | awk '{ gsub(",", ""); print $2, $4, $8 }'; }
has_zones() { [ "$(cat "/sys/block/$HEAD/queue/nr_zones")" -eq "$1" ]; }
write_on() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 seek="$1" oflag=direct status=none; }

run()
{
	local n before
	unit_up backend=null_blk "blk=zoned=1 zone_size=4 zone_max_open=0" size=64
	expect_eq "$(cat "/sys/block/$HEAD/queue/zoned")" host-managed "kind of the head"
	expect_eq "$(cat "/sys/block/$HEAD/queue/chunk_sectors")" 8192 "zone size"
	# They are asked for when the head is there.
	wait_until 10 has_zones 16
	for n in 1 2; do
		nvmet_ana $((3 - n)) inaccessible
		wait_ana $((3 - n)) inaccessible
		expect_eq "$(report | wc -l)" 16 "zones reported through path $n"
		# A zone of its own for each path.
		before=$(report)
		expect_fail write_on $((n * 1024 + 4))
		expect_eq "$(report)" "$before" "the zones after a write that was refused"
		# After an error the block layer wants to know where the zone stands.
		expect_ok blkzone reset "/dev/$HEAD" -o $((n * 8192)) -c 1
		expect_ok write_on $((n * 1024))
		expect_ok write_on $((n * 1024 + 1))
		[ "$(report)" != "$before" ] || fail "the write pointer has not moved: $before"
		nvmet_ana $((3 - n)) optimized
		wait_ana $((3 - n)) optimized
	done
	nvmet_ana_all inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 inaccessible
	expect_refused 5 blkzone report "/dev/$HEAD"
}
