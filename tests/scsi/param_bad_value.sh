#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="module parameters refuse nonsense, with a line that says what was wrong"

params=/sys/module/scsi_mpath/parameters

# refuse NAME VALUE: at load and at run time; the old value stays
refuse()
{
	local old
	expect_fail modprobe scsi_mpath "$1=$2"
	expect_ok modprobe scsi_mpath
	old=$(cat $params/"$1")
	expect_fail sh -c "echo '$2' >$params/$1"
	expect_eq "$(cat $params/"$1")" "$old" "$1 after '$2'"
	dmesg | tail -n 20 | grep -q "scsi_mpath: $1=$2" ||
		fail "no word about $1=$2"
	mpath_unload
}

run()
{
	defer mpath_unload
	refuse multipath maybe
	refuse multipath o
	refuse iopolicy fastest
	refuse no_path_timeout -2
	refuse no_path_timeout soon
	refuse poll_secs 0
	refuse failback never
}
