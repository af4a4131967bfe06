#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/inject.sh"
DESC="an allocation fails while a disk is adopted: the unit works or is not there, and the next try succeeds"
TIMEOUT=900

requires()
{
	have_failslab
	have_module scsi_mpath scsi_debug
}

disk_of() { compgen -G "/sys/class/scsi_host/host$1/device/target*/*/block/*" | sed 's|.*/||'; }
no_disk() { [ -z "$(disk_of "$1")" ]; }
no_units() { ! compgen -G '/sys/block/mpath*' >/dev/null; }
scan() { put "- - -" "/sys/class/scsi_host/host$1/scan"; }

forget()
{
	local disk
	disk=$(disk_of "$1")
	[ -z "$disk" ] || put 1 "/sys/block/$disk/device/delete"
	wait_until 10 no_disk "$1"
}

# The disk of host N is a path. sd may have failed as well, then it has none.
adopted()
{
	local disk
	disk=$(disk_of "$1")
	[ -n "$disk" ] && has_head "$disk"
}

decided() { inject_hit || adopted "$1"; }

read_through() { dd if="/dev/$1" of=/dev/null bs=4k count=1 iflag=direct; }

# While it is being taken away again a unit may fail a read.
works_or_is_gone()
{
	[ ! -e "/sys/block/$1" ] || read_through "$1"
}

check_units()
{
	local unit
	for unit in /sys/block/mpath*; do
		[ ! -e "$unit" ] || wait_until 10 works_or_is_gone "${unit##*/}"
	done
}

# again HOST: with memory at hand it becomes a path that works
again()
{
	forget "$1"
	scan "$1"
	wait_until 20 adopted "$1"
	wait_until 10 read_through "$(head_of "$(disk_of "$1")")"
}

# attempt N HOST: was there an Nth allocation?
attempt()
{
	inject_nth "$1"
	scan "$2"
	poll 20 decided "$2" || fail "allocation $1: neither reached nor a path"
	# Some come after the disk has been seen in its unit.
	poll 1 inject_hit
	inject_stop
	inject_hit
}

# first_path N and second_path N: an adoption that makes a unit, and one that
# joins one
first_path()
{
	forget "${H[1]}"
	forget "${H[2]}"
	wait_until 10 no_units
	attempt "$1" "${H[1]}" || return
	check_units
	again "${H[1]}"
}

second_path()
{
	forget "${H[2]}"
	wait_until 10 adopted "${H[1]}"
	attempt "$1" "${H[2]}" || return
	check_units
	again "${H[2]}"
	expect_eq "$(head_of "$(disk_of "${H[2]}")")" "$(head_of "$(disk_of "${H[1]}")")" "the unit"
}

run()
{
	local H=()
	mpath_load
	sdebug_create add_host=3
	defer sdebug_destroy
	two_active_hosts
	inject_begin_module scsi_mpath
	inject_each 20 14 first_path
	again "${H[1]}"
	inject_each 12 9 second_path
}
