#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/inject.sh"
DESC="an allocation fails while a path, or the last one, leaves: it leaves all the same"
TIMEOUT=600

requires()
{
	have_failslab
	have_module scsi_mpath scsi_debug
}

no_units() { ! compgen -G '/sys/block/mpath*' >/dev/null; }
delete() { put 1 "/sys/block/$1/device/delete"; }
rescan() { put "- - -" "/sys/class/scsi_host/host$1/scan"; }
read_through() { dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct; }
two_paths() { HEAD=$(compgen -G '/sys/block/mpath*' | sed 's|.*/||') && has_paths "$HEAD" 2; }

# leave N: one path goes while the Nth allocation fails; then both go so.
# Returns whether there was an Nth.
leave()
{
	local hit=1 disks disk
	mapfile -t disks < <(sdebug_disks)
	inject_nth "$1"
	delete "${disks[1]}"
	wait_until 20 has_paths "$HEAD" 1
	expect_ok read_through
	inject_stop
	! inject_hit || hit=0

	inject_nth "$1"
	delete "${disks[0]}"
	wait_until 20 no_units
	inject_stop
	! inject_hit || hit=0
	return "$hit"
}

# round N: leave, and come back
round()
{
	local host
	leave "$1" || return
	for host in "${H[@]}"; do
		rescan "$host"
	done
	wait_until 20 two_paths
	wait_until 10 read_through
}

run()
{
	local H=()
	unit_up_debug add_host=3
	two_active_hosts
	wait_until 10 two_paths
	inject_begin_module scsi_mpath
	inject_each 12 5 round
}
