#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/stress.sh"
DESC="the module comes and goes while disks do, and while it is asked what they are: none hangs, and it knows all of them in the end, or none"
TIMEOUT=240

run()
{
	local hosts host
	unit_up_debug add_host=3
	hosts=$(sdebug_numbers)
	for host in $hosts; do
		stress "disk$host" sdebug_find_again "$host"
	done
	stress ask unit_files
	stress module come_and_go
	stress_join

	mpath_unload
	expect_eq "$(unit_files)" "" "files that the module left behind"
	for host in $hosts; do
		sdebug_find_again "$host"
	done
	wait_until 10 sdebug_has_only 3
	mpath_load multipath=on
	unit_find_debug
	expect_eq "$(unit_files | sort | uniq -c | xargs)" "3 $HEAD" "what it says of the disks"
	expect_ok read_block
}

# unit_files: what each disk says when it is asked
unit_files() { cat /sys/bus/scsi/devices/*/mpath_unit; }

come_and_go()
{
	modprobe -r scsi_mpath
	modprobe scsi_mpath multipath=on
}
