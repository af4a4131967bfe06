#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The story `make demo` plays in the guest, with an administrator's own
# tools: a LUN behind four iSCSI portals, a file system on it, verified I/O,
# and one fault of the SAN after another. It ends in one line, PASS or FAIL.

set -Eeuo pipefail

DEMO=$(cd "$(dirname "$0")" && pwd)
OUT=${OUT:-/out}
WORK=$(mktemp -d)
MNT=$WORK/mnt
HEAD=mpatha

. "$DEMO/report.sh"
. "$DEMO/san.sh"
. "$DEMO/faults.sh"
. "$DEMO/paths.sh"
. "$DEMO/load.sh"

readonly RESET_LIMIT=500 SWAP_LIMIT=200	# ms a write may stall
readonly OUTAGE=10			# s without any portal

main()
{
	# The story's own commands and fio shall not take the CPU from the I/O
	# that is measured.
	renice -n 10 $$ >"$WORK/renice.log"

	chapter "The SAN: one LUN, four portals, two ALUA groups"
	target_create
	faults_init

	chapter "modprobe scsi_mpath, then four iSCSI sessions"
	modprobe scsi_mpath
	initiator_start
	log_in_all
	adopt

	chapter "A partition, ext4, verified I/O"
	file_system_create
	data_fill
	load_start
	await 20 "I/O on both optimized paths" carried_by "${OPTIMIZED[@]}"

	chapter "Faults: longest time without a completed write, and the paths that carried the I/O"
	report_head
	play calm - "nothing, for comparison"
	play reset "$RESET_LIMIT" "TCP reset of ${OPTIMIZED[0]}"
	play silence "$(($(nop_limit_ms) + 1000))" "silent drop of ${OPTIMIZED[1]}"
	play standby "$SWAP_LIMIT" "optimized group to standby and back"
	play logout - "logout of ${OPTIMIZED[0]}, login again"
	play outage - "all four portals gone for $OUTAGE s"

	chapter "The end: is everything still there?"
	load_finish
	artifacts_save
	file_system_check
	take_down
	verdict
}

adopt()
{
	local paths

	await 20 "four paths under $HEAD" head_has_paths "${#PORTALS[@]}"
	await 20 "the ALUA states of the paths" all_paths_back
	paths=(/sys/block/"$HEAD"/multipath/sd*)
	echo round-robin >"/sys/block/$HEAD/multipath/iopolicy"
	sg_rtpg --decode "/dev/$(first_disk)" | grep 'group'
	lsblk --merge -o NAME,SIZE,TYPE,VENDOR,MODEL "${paths[@]/*\///dev/}"
	echo "/sys/block/$HEAD: $(head_attr state), $(head_attr iopolicy), $(<"/sys/block/$HEAD/vpd_id")"
	show_paths
}

file_system_create()
{
	sfdisk --quiet "/dev/$HEAD" <<<",,L"
	await 10 "partition 1" test -b "/dev/${HEAD}1"
	# Or the kernel would write the inode tables while stalls are measured.
	mkfs.ext4 -q -E lazy_itable_init=0 "/dev/${HEAD}1"
	mkdir -p "$MNT"
	mount "/dev/${HEAD}1" "$MNT"
	findmnt -no SOURCE,FSTYPE,OPTIONS "$MNT"
}

# Each fault is three functions: what is done, how the kernel shows that it
# has noticed, and what undoes it; a fourth, where it is to go on for a while.

calm_break() { :; }
calm_noticed() { :; }
calm_hold() { lasted 3; }
calm_mend() { :; }

reset_break() { portals_fail resetting "${OPTIMIZED[0]}"; }
reset_noticed() { path_lost "${OPTIMIZED[0]}"; }
reset_mend() { portals_mend; }

silence_break() { portals_fail silent "${OPTIMIZED[1]}"; }
silence_noticed() { path_lost "${OPTIMIZED[1]}"; }
silence_mend() { portals_mend; }

standby_break() { group_state optimized "$ALUA_STANDBY"; }
standby_noticed() { paths_are access_state standby "${OPTIMIZED[@]}"; }
# iSCSI brings no news of its own: the target tells of the change in its
# answer to the next command, and a standby path gets none. sg_rtpg is one.
standby_mend()
{
	group_state optimized "$ALUA_OPTIMIZED"
	disk_of "${OPTIMIZED[0]}"
	sg_rtpg "/dev/$REPLY" >"$WORK/sg_rtpg.log" 2>&1 || :
}

# The counter of a path goes with the path.
logout_break()
{
	path_attr "${OPTIMIZED[0]}" failovers
	failovers_of_the_gone=$REPLY
	log_out "${OPTIMIZED[0]}"
}
logout_noticed() { ! disk_of "${OPTIMIZED[0]}"; }
logout_mend() { log_in "${OPTIMIZED[0]}"; }

outage_break() { portals_fail resetting "${PORTALS[@]}"; }
outage_noticed() { head_is no-usable-path; }
outage_hold() { lasted "$OUTAGE"; }
outage_mend() { portals_mend; }

# play STEP LIMIT TITLE: one fault, until every path is back
play()
{
	local step=$1 limit=$2 title=$3 before during after

	before=$(carriers)
	step_start=$(now_ms)
	mark begin "$step" "$title"
	"${step}_break"
	await 40 "the kernel to notice: $title" "${step}_noticed"
	during=$(carriers)
	! declare -F "${step}_hold" >/dev/null || await 40 "$title" "${step}_hold"
	"${step}_mend"
	mark end "$step" "$title"
	await 60 "the paths to come back after: $title" recovered
	after=$(carriers)
	report "$title" "$limit" "$(stall "$step_start" "$(now_ms)")" "$before" "$during" "$after"
}

# lasted SECONDS: since the step began
lasted()
{
	(($(now_ms) - step_start >= $1 * 1000))
}

recovered()
{
	load_running || fail "the load ended by itself: $(load_errors)"
	all_paths_back && head_is online && carried_by "${OPTIMIZED[@]}"
}

file_system_check()
{
	umount "$MNT"
	e2fsck -fn "/dev/${HEAD}1" >"$WORK/e2fsck.log" 2>&1 || fault "e2fsck found errors"
	tail -n 1 "$WORK/e2fsck.log"
}

take_down()
{
	total_failovers=$(($(failovers) + failovers_of_the_gone))
	show_paths
	echo "/sys/block/$HEAD: requeued $(head_attr requeued), failed $(head_attr failed)"
	(($(head_attr failed) == 0)) || fault "the kernel failed $(head_attr failed) bios of $HEAD"
	log_out_all
	await 20 "$HEAD to go" test ! -e "/sys/block/$HEAD"
	await 20 "the modules to unload" rmmod scsi_mpath
	rmmod libmultipath scsi_dh_mpath
	echo "sessions logged out, modules unloaded"
}

main
