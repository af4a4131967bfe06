#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="B2, B3: a path that is slow with one write, or busy with pass-through commands, answers and stays; one that answers BUSY for ever is left"
TIMEOUT=150

# read_while CMD...: reads through the unit, beside which path A must not become suspect
read_while()
{
	while "$@"; do
		expect_ok read_block 1
		! path_has "${P[A]}" health suspect || fail "left: $(path_get "${P[A]}" reason)"
	done
}

write_block() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none; }

run()
{
	local n writer readers=() start
	unit_up_alike
	put 8 "/sys/block/${P[1]}/device/timeout"
	put 8 "/sys/block/${P[2]}/device/timeout"

	# B2: it is sent again when its time is over, and is fine then.
	swallow_one 0x2a write_block
	writer=$!
	read_while kill -0 "$writer" 2>/dev/null
	expect_ok wait "$writer"
	expect_eq "$(path_get "${P[A]}" health)" good "health after the slow write"

	# B3: of two paths alike this policy uses one.
	put numa "/sys/block/$HEAD/multipath/iopolicy"
	n=$(carried "${P[A]}")
	read_block 1
	[ "$(carried "${P[A]}")" -eq "$n" ] || n=$A A=$B B=$n
	sdebug_delay 2
	sg_read if="/dev/${P[A]}" blk_sgio=1 bs=512 bpt=1 count=1000000 >/dev/null 2>&1 &
	n=$!
	start=$EPOCHSECONDS
	read_while eval "[ \$((EPOCHSECONDS - start)) -lt 7 ]"
	kill -0 "$n" || fail "the pass-through commands have ended"
	kill "$n"
	wait "$n"
	sdebug_delay 0

	# B3: the status is BUSY, of each try.
	put round-robin "/sys/block/$HEAD/multipath/iopolicy"
	sdebug_rule "${P[A]}" "2 1 0x28 0 0 8 0 0 0"
	start=$EPOCHSECONDS
	until path_has "${P[A]}" health suspect; do
		[ $((EPOCHSECONDS - start)) -lt "$(slow 15)" ] || fail "the path is not left"
		read_block "${#readers[@]}" &
		readers+=($!)
		poll 0.5 path_has "${P[A]}" health suspect
	done
	expect_eq "$(path_get "${P[A]}" reason)" "commands overdue" "reason"
	sdebug_heal "${P[A]}" 0x28
	for n in "${readers[@]}"; do expect_ok wait "$n"; done
	wait_path "${P[A]}" health good 30
	expect_eq "$(head_get failed)" 0 "failed I/O"
}
