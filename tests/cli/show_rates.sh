#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl top: rates and latency from what disks counted between two looks; a disk that counts anew has none"
HOST=1

run()
{
	tree_use iscsi nvme fc-sas
	stat mpatha 1000 0 8000 1000 500 0 8000 500
	stat sda 1000 0 8000 1000 500 0 8000 500
	top_meanwhile works
	expect_eq "$(rate mpatha '.reads > 0 and (.read / .reads - 4096 | fabs) < 10')" true "reads of 4 KiB"
	expect_eq "$(rate mpatha '(.writes * 4 - .reads | fabs) <= 4')" true "a quarter as many writes: $(jq -c . "$TMP/top")"
	expect_eq "$(rate mpatha .latency_us)" 800 "1000 ms of 1000 reads and 250 writes"
	expect_eq "$(rate mpathb '[.reads, .writes, .latency_us]')" "[0,0,null]" "a unit without I/O"
	expect_eq "$(path sda '[.reads, .writes, .written, .latency_us]')" "[0,0,0,null]" "a disk that counts anew"

	expect_status 0 top -d 0.1 -c 2 mpathb
	expect_eq "$(grep -c '^mpathb' <<<"$OUTPUT") $(grep -c mpatha <<<"$OUTPUT")" "2 0" "two tables of one unit"
	expect_refused 1 "no multipathed disk" top -d 0.1 -c 2 mpathx
	expect_refused 2 "no delay" top -d 0
	expect_refused 2 "no count" top -c 0
	expect_refused 2 "no count" top -c 3x
}

works()
{
	stat mpatha 2000 0 16000 1900 750 0 12000 600
	stat sda 3 0 24 1 1 0 8 1
}

# stat DISK NUMBER...: what the disk has counted
stat() { tree_put "block/$1/stat" "$(printf ' %8d' "${@:2}") 0 0 0"; }

# top_meanwhile CMD: one look before CMD, and one after it
top_meanwhile()
{
	ctl_exec top --json -d 0.5 -c 1 >"$TMP/top" 2>"$TMP/complaint" &
	wait_until 5 ctl_waits $!
	"$@"
	wait $! || fail "mpathctl top: $(cat "$TMP/complaint")"
}

rate() { jq -c ".units[] | select(.name == \"$1\") | $2" "$TMP/top"; }
path() { jq -c ".units[].paths[] | select(.name == \"$1\") | $2" "$TMP/top"; }
