#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make a recorded tree for the tests of mpathctl: tests/vm/run --exec
# tests/cli/record.sh iscsi|nvme leaves what mpathctl reads of sysfs in a guest as
# /out/NAME.tree: a line "= FILE CONTENT" or "> LINK TARGET" each, below /sys.

STATE=$(mktemp -d)
TMP=$STATE
export STATE TMP
exec 5>&1
# shellcheck source=tests/common/rc
. "$TESTS/common/rc"

# record DIR FILE...: those of the files that are there, one line of each
record()
{
	local dir=$1 file
	shift
	for file; do
		[ ! -r "$dir/$file" ] || [ -d "$dir/$file" ] ||
			echo "= ${dir#/sys/}/$file $(head -n 1 "$dir/$file" 2>/dev/null)"
	done
}

# all DIR: every file of a directory of ours
all()
{
	local file
	for file in "$1"/*; do
		[ -L "$file" ] || record "$1" "${file##*/}"
	done
}

link() { echo "> ${1#/sys/} $(readlink "$1")"; }

disk()
{
	local dir
	dir=$(realpath "/sys/block/$1")
	link "/sys/block/$1"
	record "$dir" size ro inflight stat wwid ana_state ana_grpid vpd_id failback explicit_alua
}

unit()
{
	local dir path
	dir=$(realpath "/sys/block/$1")
	disk "$1"
	all "$dir/multipath"
	for path in "$dir"/multipath/*; do
		[ ! -L "$path" ] || { link "$path"; "path_$2" "$(realpath "$path")"; }
	done
}

path_scsi()
{
	local device id
	disk "${1##*/}"
	all "$1/mpath"
	link "$1/device"
	device=$(realpath "$1/device")
	record "$device" vendor model rev state timeout
	[[ $device =~ /session([0-9]+)/ ]] || return 0
	id=${BASH_REMATCH[1]}
	link "/sys/class/iscsi_session/session$id"
	record "$(realpath "/sys/class/iscsi_session/session$id")" targetname recovery_tmo state
	link "/sys/class/iscsi_connection/connection$id:0"
	record "$(realpath "/sys/class/iscsi_connection/connection$id:0")" address port ping_tmo recv_tmo
}

path_nvme()
{
	local ctrl
	disk "${1##*/}"
	link "$1/device"
	ctrl=$(realpath "$1/device")
	record "$ctrl" transport address state model serial
}

record_iscsi()
{
	# shellcheck source=tests/common/mpath.sh
	. "$TESTS/common/mpath.sh"
	unit_up portals=4 groups="1 1 2 2" "states=active/optimized active/non-optimized"
	read_block
	unit "$HEAD" scsi
}

record_nvme()
{
	# shellcheck source=tests/common/nvme.sh
	. "$TESTS/common/nvme.sh"
	unit_up transport=tcp backend=null_blk portals=2
	unit "$HEAD" nvme
}

"record_$1" | grep '^[=>] ' | sort -k 2,2 -u >"$OUT/$1.tree"
