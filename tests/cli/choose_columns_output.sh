#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl -o, -n, -p, -b: the columns asked for, in that order, for people and for scripts"
HOST=1

run()
{
	tree_use fc-sas
	expect_status 0 list -n -p -b -o name,Size,HEALTH,address
	expect_eq "$OUTPUT" "$(printf '%s\n' 'mpathb 1073741824  ' 'sdq 1073741824 good 0x500507680c110123' \
		'sdr 1073741824 suspect 0x5000c500a1b2c3d5')"
	tree_put block/sdr/mpath/reason "sense data 0b/47/03"
	expect_status 0 list -n -p -o reason
	expect_eq "$(tail -n 1 <<<"$OUTPUT")" 'sense\x20data\x200b/47/03' "blanks"
	expect_status 0 list -o name
	expect_eq "$(head -n 1 <<<"$OUTPUT")" NAME heading
	expect_status 0 show -o name,reason sdr
	expect_eq "$(grep -c NAME <<<"$OUTPUT")" 3 "disks that are shown"
	expect_refused 2 "no column 'colour'" list -o name,colour
	expect_status 2 list -o "$(printf 'name,%.0s' {1..100})name"
	expect_status 2 list -o ""
}
