#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/inject.sh"
DESC="the module is loaded while its first, second, ... allocation fails: it loads or does not"
TIMEOUT=300

requires()
{
	have_failslab
	have_module scsi_mpath scsi_debug
}

# Only what this process asks for: the disks are adopted by others.
load()
{
	put 1 "/proc/$BASHPID/make-it-fail"
	exec modprobe scsi_mpath
}

adopted() { has_head "${P[1]}" && has_head "${P[2]}"; }

# round N: loads, or does not, while the Nth allocation fails; then it loads
round()
{
	expect_ok modprobe -a libmultipath scsi_dh_mpath
	inject_nth "$1"
	(load) 2>/dev/null || REFUSED=$((REFUSED + 1))
	inject_stop
	inject_hit || return
	mpath_unload
	expect_ok modprobe scsi_mpath
	wait_until 20 adopted
	expect_ok dd if="/dev/$(head_of "${P[1]}")" of=/dev/null bs=4k count=1 iflag=direct
	mpath_unload
}

run()
{
	REFUSED=0
	sdebug_create
	defer sdebug_destroy
	defer mpath_unload
	mapfile -t -O 1 P < <(sdebug_disks)
	inject_begin_init
	inject_each 12 3 round
	note "$REFUSED times it did not load"
	[ "$REFUSED" -gt 0 ] || fail "it needs no memory at all?"
}
