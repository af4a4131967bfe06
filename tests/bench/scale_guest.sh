#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# scale_guest.sh STACK UNITS: so many units of four paths each, disks of scsi_debug's.
# STACK is raw, where nothing joins the disks, scsi_mpath, or dm-multipath. One row.

# shellcheck source=tests/bench/guest.sh
. "$TESTS/bench/guest.sh"
# shellcheck source=tests/common/mpath.sh
. "$TESTS/common/mpath.sh"

STACK=$1 UNITS=$2 HOSTS=4
PATIENCE=1800

# Each is prepared before the disks come, and says how many paths are joined.
raw_prepare() { :; }
raw_joined() { NR=$((UNITS * $1)); }

# scsi_debug's ids are of its own making.
scsi_mpath_prepare() { mpath_load multipath=always; }
# A path's own files come last.
scsi_mpath_joined() { count_files /sys/block/sd*/mpath; }

dm-multipath_prepare()
{
	unset DM_DISABLE_UDEV
	modprobe -a dm-multipath dm-service-time scsi_dh_alua || fail "no dm-multipath"
	cat >/etc/multipath.conf <<-CONF
		defaults {
			find_multipaths yes
		}
	CONF
	/usr/lib/systemd/systemd-udevd --daemon || fail "udevd does not start"
	multipathd || fail "multipathd does not start"
	sleep 2
}
dm-multipath_joined() { count_files /sys/block/dm-*/slaves/sd*; }

# count_files PATTERN...: into NR, without a process
count_files()
{
	NR=$#
	[ -e "$1" ] || NR=0
}

wait_disks() { poll "$PATIENCE" has_all_disks || fail "only $NR disks"; }
has_all_disks()
{
	count_files /sys/block/sd*
	[ "$NR" -eq $((UNITS * HOSTS)) ]
}
# wait_joined PATHS: each unit has so many
wait_joined() { poll "$PATIENCE" has_joined "$1" || fail "only $NR paths of $((UNITS * $1))"; }
has_joined()
{
	"${STACK}_joined" "$1"
	[ "$NR" -eq $((UNITS * $1)) ]
}

# What the kernel holds for itself and cannot give back, in KiB. What it could are names
# and inodes that somebody has looked at; its stacks are part of VmallocUsed.
kernel_memory()
{
	awk '/^(SUnreclaim|Percpu|PageTables|VmallocUsed):/ { sum += $2 } END { print sum }' /proc/meminfo
}
processes() { awk '$1 == "processes" { print $2 }' /proc/stat; }

# In thousandths of a CPU
busy()
{
	local before
	before=$(cpu_time)
	sleep 30
	echo "$before $(cpu_time)" | awk '{ print int(($3 - $1) * 1000 / ($4 - $2)) }'
}
# Busy and all ticks. Steal is not counted, and neither are guests.
cpu_time() { awk '$1 == "cpu" { all = $2 + $3 + $4 + $5 + $6 + $7 + $8; print all - $5 - $6, all }' /proc/stat; }

measure()
{
	local memory spawned arrived joined idle begin gone
	"${STACK}_prepare"
	modprobe sd_mod
	memory=$(kernel_memory)
	spawned=$(processes)
	modprobe scsi_debug add_host="$HOSTS" max_luns="$UNITS" vpd_use_hostno=0 dev_size_mb=8 \
		fake_rw=1 delay=0 || fail "no scsi_debug"
	wait_disks
	arrived=$(now_ms)
	wait_joined "$HOSTS"
	joined=$(now_ms)
	sleep 10
	spawned=$(($(processes) - spawned))
	memory=$(($(kernel_memory) - memory))
	idle=$(busy)
	# A host goes, and with it a quarter of the paths.
	begin=$(now_ms)
	put -1 "$SDEBUG/add_host"
	wait_joined $((HOSTS - 1))
	gone=$(now_ms)
	row "$STACK" "$UNITS" "$HOSTS" "$((joined - arrived))" "$memory" "$idle" "$spawned" "$((gone - begin))"
}

stack measure
echo end
