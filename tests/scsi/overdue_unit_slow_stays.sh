#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit whose every command takes longer than a path may be silent is slow, and no path is left for it"
TIMEOUT=120

# slow_down SECONDS: every command takes so long. The driver wants jiffies.
slow_down()
{
	local start took
	sdebug_delay 250
	start=${EPOCHREALTIME/./}
	dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct status=none
	took=$((${EPOCHREALTIME/./} - start))
	sdebug_delay $(($1 * 250 * 1000000 / took))
}

run()
{
	local n
	unit_up_debug add_host=6
	find_pair
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	slow_down 6
	fio --name=io --filename="/dev/$HEAD" --direct=1 --ioengine=libaio --iodepth=16 \
		--rw=randread --bs=4k --time_based --runtime=14 --thread --eta=never \
		>"$TMP/fio" 2>&1 || fail "$(cat "$TMP/fio")"
	for n in "$A" "$B"; do
		expect_eq "$(path_get "${P[n]}" health)" good "health of path $n"
		expect_eq "$(path_get "${P[n]}" probes)" 0 "probes of path $n"
		[ "$(carried "${P[n]}")" -gt 8 ] || fail "path $n was not used"
	done
}
