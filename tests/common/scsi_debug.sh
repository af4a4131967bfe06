# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Paths by scsi_debug: one unit behind several hosts, any sense code or time-out
# at will. Its ALUA states never change: host number modulo 3 gives active/
# optimized, active/non-optimized, standby, and each host reports its own group.

SDEBUG=/sys/bus/pseudo/drivers/scsi_debug

# sdebug_create [PARAMETER=VALUE...]: two hosts and one unit of 32 MiB unless
# told otherwise. Returns when the disks are there. Their hosts are numbered in a
# row, so that every third has the same state: a number that a host of the test
# before has not given back yet would make a gap. The unit's id is a UUID: what
# scsi_debug gives otherwise (uuid_ctl=0) is taken with multipath=always only.
sdebug_create()
{
	local try
	for try in 1 2 3; do
		sdebug_load "$@"
		! sdebug_in_a_row || return 0
		note "numbers of hosts, try $try: $(sdebug_numbers | xargs)"
		sdebug_destroy
	done
	fail "the numbers of scsi_debug's hosts have gaps"
}

sdebug_numbers()
{
	local host
	for host in /sys/bus/pseudo/devices/adapter*/host*; do echo "${host##*/host}"; done | sort -n
}

sdebug_in_a_row() { sdebug_numbers | awk 'NR == 1 { first = $1 } { last = $1 } END { exit last - first + 1 != NR }'; }

sdebug_load()
{
	local hosts=2 arg

	for arg; do
		case $arg in add_host=*) hosts=${arg#*=} ;; esac
	done
	# delay=0: answer at once, not with the next timer tick.
	modprobe sd_mod
	modprobe scsi_debug add_host=2 vpd_use_hostno=0 dev_size_mb=32 delay=0 \
		uuid_ctl=2 "$@" || fail "no scsi_debug"
	poll 20 sdebug_has "$hosts" || fail "scsi_debug made no disks"
}

sdebug_disks()
{
	local host disk

	for host in $(printf '%s\n' /sys/bus/pseudo/devices/adapter*/host* |
		sort -V); do
		for disk in "$host"/target*/*/block/*; do
			[ ! -e "$disk" ] || echo "${disk##*/}"
		done
	done
}

sdebug_has_only() { [ "$(sdebug_disks | wc -l)" -eq "$1" ]; }
sdebug_has() { [ "$(sdebug_disks | wc -l)" -ge "$1" ]; }

# The hosts go first: a disk that is open pins the module but not its host.
sdebug_destroy()
{
	[ -d "$SDEBUG" ] || return 0
	echo "-$(cat "$SDEBUG/add_host")" 2>/dev/null >"$SDEBUG/add_host"
	wait_until 10 modprobe -r scsi_debug
}

hctl_of() { basename "$(readlink -f "/sys/block/$1/device")"; }

host_no()
{
	local hctl
	hctl=$(hctl_of "$1")
	echo "${hctl%%:*}"
}

sdebug_scan() { echo "- - -" >"/sys/class/scsi_host/host$1/scan"; }

# sdebug_find_again HOST: its disk goes and comes back, perhaps under another name
sdebug_find_again()
{
	local disk
	for disk in /sys/class/scsi_device/"$1":*/device/delete; do
		[ ! -e "$disk" ] || echo 1 >"$disk"
	done
	sdebug_scan "$1"
}

# sdebug_state DISK: the ALUA state this disk's host reports
sdebug_state()
{
	local names=(active/optimized active/non-optimized standby)
	echo "${names[$(host_no "$1") % 3]}"
}

# sdebug_drop STATE: the disks whose hosts report it go
sdebug_drop()
{
	local disk
	for disk in $(sdebug_disks); do
		[ "$(sdebug_state "$disk")" != "$1" ] || put 1 "/sys/block/$disk/device/delete"
	done
}

# find_best: of three hosts one is optimized; A is its path
find_best()
{
	for A in "${!P[@]}"; do
		[ "$(sdebug_state "${P[A]}")" != active/optimized ] || return 0
	done
	fail "no optimized path among ${P[*]}"
}

# find_pair: of six hosts two are optimized, whichever numbers they got; A and B
# are their paths
# shellcheck disable=SC2034 # they are for the tests
find_pair()
{
	local n pair=()
	for n in "${!P[@]}"; do
		[ "$(sdebug_state "${P[n]}")" != active/optimized ] || pair+=("$n")
	done
	[ "${#pair[@]}" -eq 2 ] || fail "optimized paths: ${pair[*]}"
	A=${pair[0]} B=${pair[1]}
}

# sdebug_delay JIFFIES: of every command. The driver refuses while one is under way.
sdebug_delay() { wait_until 10 sdebug_set_delay "$1"; }
sdebug_set_delay() { echo "$1" 2>/dev/null >"$SDEBUG/delay"; }

# sdebug_rule DISK RULE: as the driver's debugfs file wants it: "TYPE COUNT
# OPCODE ...", where a count of 1 is for ever and -N is N times.
sdebug_rule()
{
	put "$2" "/sys/kernel/debug/scsi_debug/$(hctl_of "$1")/error"
}

# sdebug_fail DISK OPCODE [COUNT]: the transport gives up on that command.
# DID_TRANSPORT_FAILFAST is what a lost iSCSI or FC session leaves behind. The
# rule always brings sense data along; of key 0 (no sense) sd would say that all
# is well and try again for ever, so it is key B (aborted command).
sdebug_fail() { sdebug_rule "$1" "2 ${3:-1} $2 0xf 0 0 0xb 0 0"; }

# sdebug_sense DISK OPCODE KEY ASC ASCQ [COUNT]
sdebug_sense() { sdebug_rule "$1" "2 ${6:-1} $2 0 0 2 $3 $4 $5"; }

# sdebug_heal DISK OPCODE
sdebug_heal() { sdebug_rule "$1" "- 2 $2"; }
