#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# failover_guest.sh SETTINGS PORTALS RUNS: one fault of the SAN after another under
# verified I/O, first with scsi_mpath, then with dm-multipath and multipathd, on the
# same target with the same settings of iscsid. A row for each fault.

# shellcheck source=tests/bench/guest.sh
. "$TESTS/bench/guest.sh"
# shellcheck source=tests/common/mpath.sh
. "$TESTS/common/mpath.sh"
# shellcheck source=tests/bench/faults.sh
. "$TESTS/bench/faults.sh"

SETTINGS=$1 PORTALS=$2 RUNS=$3

# What an admin writes who wants disks to be multipathed at all; the rest is what
# multipath-tools knows of LIO.
default_conf()
{
	cat <<-CONF
		defaults {
			user_friendly_names yes
			find_multipaths yes
		}
	CONF
}

# What array vendors and distributions tell their iSCSI users to set: queue while no
# path is left, go back at once, and have iSCSI give up a lost session after 5 s.
recommended_conf()
{
	default_conf
	cat <<-CONF
		overrides {
			no_path_retry queue
			failback immediate
			fast_io_fail_tmo 5
		}
	CONF
}

# Half of the portals are those of the better group.
san_up()
{
	local n groups=''
	for ((n = 1; n <= PORTALS; n++)); do groups+=" $((1 + (n > PORTALS / 2)))"; done
	BEST=$(seq -s ' ' $((PORTALS / 2)))
	/usr/lib/systemd/systemd-udevd --daemon || fail "udevd does not start"
	defer udevd_stop
	[ "$SETTINGS" = default ] || export RECOVERY_TMO=5
	iscsi_start 5
	defer iscsi_stop
	lio_create portals="$PORTALS" "groups=${groups# }" "states=active/optimized active/non-optimized"
	defer lio_destroy
}

udevd_stop()
{
	udevadm settle -t 10
	pkill -x systemd-udevd
}

native()
{
	mpath_load multipath=on
	san_up
	iscsi_login
	unit_find
	measure scsi_mpath
}

dm()
{
	unset DM_DISABLE_UDEV
	modprobe -a dm-multipath dm-round-robin dm-service-time scsi_dh_alua || fail "no dm-multipath"
	"${SETTINGS}_conf" >/etc/multipath.conf
	san_up
	multipathd || fail "multipathd does not start"
	defer dm_down
	iscsi_login
	P=()
	for ((n = 1; n <= PORTALS; n++)); do P[n]=$(path_of "$n"); done
	wait_until 30 dm_has_paths
	measure dm-multipath
}

# The map of the first path; HEAD is its disk.
dm_has_paths()
{
	local slaves
	HEAD=$(basename "/sys/block/${P[1]}/holders"/dm-*)
	slaves=("/sys/block/$HEAD/slaves"/sd*)
	[ "${#slaves[@]}" -eq "$PORTALS" ]
}

dm_down()
{
	multipathd shutdown >"$TMP/multipathd"
	wait_until 10 dm_daemon_gone
	multipath -F
}
dm_daemon_gone() { ! pidof multipathd >/dev/null; }

# measure STACK: each fault RUNS times under one writer, which goes on when it is
# told of an error. With more I/Os a second it takes so much longer to emulate.
measure()
{
	local fault n
	for fault in "${FAULTS[@]}"; do
		GAPS=() RETURNS=() WINDOWS=()
		io_start "$HEAD" --verify_fatal=0 --continue_on_error=all --runtime=3600 --rate_iops=200
		wait_best 60
		for ((n = 1; n <= RUNS; n++)); do play "$fault"; done
		io_stop 180
		for n in "${!WINDOWS[@]}"; do
			# shellcheck disable=SC2086
			GAPS+=("$(io_gaps ${WINDOWS[n]} | cut -d ' ' -f 3)")
		done
		report "$1" "$fault"
	done
}

# play FAULT: it happens and is mended; then how long until the I/O is back where it
# was. What is between two runs counts for none.
play()
{
	local mended
	forget
	find_victim
	BEGIN=$(now_ms)
	"suffer_$1"
	mended=$(now_ms)
	wait_best 120
	RETURNS+=($(($(now_ms) - mended)))
	WINDOWS+=("$BEGIN $(now_ms)")
	sleep 1
}

# forget: each run is the first fault that the paths have. scsi_mpath would keep those
# that fail time and again in reserve, for longer each time.
forget()
{
	local path
	for path in "${P[@]}"; do
		[ ! -e "/sys/block/$path/mpath/reset" ] || path_set "$path" reset 1
	done
}

# wait_best SECONDS: all I/O goes through the better group
wait_best()
{
	# shellcheck disable=SC2086
	poll "$1" carried_by $BEST || note "no I/O through the better group alone for $1 s"
}

# fio's own words: "errors : total=N, first_error=..." and a line for each block that
# was not what had been written
report()
{
	local errors verify
	errors=$(sed -n 's/.*errors *: total=\([0-9]*\),.*/\1/p' "$IO_DIR/out")
	verify=$(grep -c 'verify failed at\|verify: bad ' "$IO_DIR/out")
	errors=$((${errors:-0} - verify))
	# shellcheck disable=SC2046
	row "$1" "$2" "$SETTINGS" "$PORTALS" "$RUNS" $(median_max "${GAPS[@]}") \
		$((errors > 0 ? errors : 0)) "$verify" $(median_max "${RETURNS[@]}")
}

# median_max NUMBER...: of an even number of them, the lower of the two in the middle
median_max()
{
	printf '%s\n' "$@" | sort -n | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)], n[NR] }'
}

stack native
stack dm
echo end
