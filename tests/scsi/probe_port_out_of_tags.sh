#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/hostile.sh"
DESC="all tags of a port are taken by what another LUN swallows: a path that cannot even be asked for its unit is not suspect"

in_flight_is_full() { [ "$(in_flight "$1")" -ge "$2" ]; }
let_go() { hostile obey && hostile close 1; }
count_is_above() { [ "$(hostile count 1 0 12)" -gt "$1" ]; }

run()
{
	local other tags fio
	mpath_load multipath=on poll_secs=15
	iscsi_start
	defer iscsi_stop
	# Fewer than the target would take at once, so that tags are what is missing.
	echo "node.session.cmds_max = 32" >>/etc/iscsi/iscsid.conf
	hostile_create portals=1 units=2
	iscsi_login
	unit_find
	wait_until 15 is_path "$(path_of 1 1)"
	other=$(head_of "$(path_of 1 1)")
	# A scheduler takes what has no tag yet, and is silent about it.
	put none "/sys/block/${P[1]}/queue/scheduler"
	put none "/sys/block/$(path_of 1 1)/queue/scheduler"
	tags=$(content "/sys/class/scsi_host/host$(hctl_of "${P[1]}" | cut -d: -f1)/can_queue")
	defer let_go
	hostile rule 1 1 2a swallow >/dev/null
	wait_until 20 count_is_above "$(hostile count 1 0 12)"
	# Some seconds after its last command the block layer keeps no tag for a disk.
	sleep 7
	fio --name=swallowed --filename="/dev/$other" --rw=randwrite --bs=4k --size=16M \
		--ioengine=libaio --iodepth=$((tags * 2)) --direct=1 >/dev/null 2>&1 &
	fio=$!
	wait_until 15 in_flight_is_full "$other" "$tags"
	# The question waits for a tag for ten seconds, SCSI for an answer for thirty.
	sleep 20
	expect_eq "$(path_get "${P[1]}" health)" good "health while the port has no tag"
	expect_eq "$(logged "path ${P[1]}: .*not used until")" 0 "lines in the log"
	let_go >/dev/null
	kill "$fio"
	wait "$fio" || true
}
