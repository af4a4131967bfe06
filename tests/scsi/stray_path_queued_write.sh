#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="I4: writes wait in the queue of a path whose session is lost, and its LUN is another unit when it returns: none that was queued gets there"

# A disk of the session that is no path: what is queued waits for the session.
OTHER_ID=naa.600140500000002

write_blocks()
{
	local n
	for n in 1 2 3 4; do
		dd if=/dev/urandom of="/dev/$HEAD" bs=4k count=1 seek="$n" \
			oflag=direct status=none &
		WRITERS+=($!)
	done
}

# map UNIT: behind LUN 0, and nothing else is said of it
map()
{
	lio_unmap 1
	ln -s "$(lio_units | grep "/unit$1\$")" "$(lio_tpg 1)/lun/lun_0/unit"
}

unit_in_flight() { [ "$(in_flight "$HEAD")" -eq "$1" ]; }

run()
{
	local other n
	WRITERS=()
	# Long enough for four writers to start before the session is given up.
	NOP=4
	mpath_load multipath=on "exclude=$OTHER_ID*"
	unit_up portals=1 luns=2 size=16M
	other=$(path_of 1 1)
	expect_ok no_head "$other"
	put 1 "/sys/block/${P[1]}/device/queue_depth"
	fault_drop 1
	write_blocks
	wait_until 10 unit_in_flight 4
	wait_until 30 is_session 1 FAILED
	map 1
	fault_clear
	wait_until 30 no_head "${P[1]}"
	# The unit is gone, and so is what was written.
	for n in "${WRITERS[@]}"; do wait "$n"; done
	# One write was on its way when the session was lost: TCP may deliver it yet.
	expect_le "$(tr -d '\0' <"/dev/$other" | wc -c)" 4096 "bytes that were written to the other unit"
}
