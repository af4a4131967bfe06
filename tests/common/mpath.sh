# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The modules under test, seen from sysfs. HEAD is the multipathed disk, P[N]
# the path through portal N (or host N of scsi_debug).

# They are for the tests.
# shellcheck disable=SC2034
HEAD='' P=() D=() A='' B=''

for lib in paths lio iscsi faults io scsi_debug head commands; do
	# shellcheck source=/dev/null
	. "$TESTS/common/$lib.sh"
done

# What most tests here need; one that needs more defines its own.
requires()
{
	have_prog fio iscsiadm nft sg_raw
	have_module scsi_mpath scsi_debug iscsi_tcp iscsi_target_mod
}

# mpath_load [PARAMETER=VALUE...]
mpath_load()
{
	modprobe scsi_mpath "$@" || fail "scsi_mpath does not load"
	defer mpath_unload
}

mpath_loaded() { [ -d /sys/module/scsi_mpath ]; }

mpath_unload()
{
	mpath_loaded || return 0
	wait_until 20 modprobe -r scsi_mpath
}

# head_of DISK: the multipathed disk it is a path of
head_of()
{
	local link
	for link in /sys/block/mpath*/multipath/"$1"; do
		[ -e "$link" ] || return 1
		link=${link%/multipath/*}
		echo "${link##*/}"
		return 0
	done
}

head_is() { [ "$(head_of "$1")" = "$2" ]; }
has_head() { head_of "$1" >/dev/null; }
# is_path DISK: adopted to the end. The link comes with whichever path of the unit is
# shown first, its own files come last.
is_path() { has_head "$1" && [ -d "/sys/block/$1/mpath" ]; }
no_head() { ! has_head "$1"; }

paths_of()
{
	local link
	for link in "/sys/block/$1/multipath"/sd*; do
		[ ! -e "$link" ] || echo "${link##*/}"
	done
}

has_paths()
{
	local paths
	mapfile -t paths < <(paths_of "$1")
	[ "${#paths[@]}" -eq "$2" ]
}

# An attribute of a path, and the question to wait for.
path_get() { content "/sys/block/$1/mpath/$2"; }
path_set() { echo "$3" 2>/dev/null >"/sys/block/$1/mpath/$2"; }
path_has() { [ "$(path_get "$1" "$2" 2>/dev/null)" = "$3" ]; }

# wait_path DISK ATTRIBUTE VALUE [SECONDS]
wait_path()
{
	poll "${4:-10}" path_has "$1" "$2" "$3" ||
		fail "$1: $2 is '$(path_get "$1" "$2")', not '$3'"
}

# An attribute of the unit that is SCSI's, beside those of every head.
unit_get() { content "/sys/block/$HEAD/$1"; }
unit_set() { echo "$2" 2>/dev/null >"/sys/block/$HEAD/$1"; }

# logged PATTERN [END]: how many lines of the kernel's log since the test began, up to
# the first that matches END
logged()
{
	dmesg | awk -v pattern="$1" -v end="${2:-}" '
		/mpath-test: begin/ { n = 0; over = 0 }
		end != "" && $0 ~ end { over = 1 }
		!over && $0 ~ pattern { n++ }
		END { print n + 0 }'
}

# left_alone DISK: has the module said that it does not take it?
left_alone() { [ "$(logged "scsi_mpath: $1: .*left alone")" -gt 0 ]; }

# activations: how often a target port group was activated by us
activations() { logged "$HEAD: target port group [0-9]+ activated"; }

# nudge DISK: send a TEST UNIT READY down this very path, so that a unit attention
# pending on it (a change of ALUA state) is delivered. Its answer is nothing to us.
nudge() { sg_raw "/dev/$1" 00 00 00 00 00 00 >/dev/null 2>&1 || true; }

# unit_up [lio_create OPTION...]: a target, a session to each portal, and the
# unit behind them; the module comes first, unless the test has loaded it.
unit_up()
{
	mpath_loaded || mpath_load multipath=on
	iscsi_start "${NOP:-5}"
	defer iscsi_stop
	lio_create "$@"
	defer lio_destroy
	iscsi_login
	unit_find
}

# unit_find [LUN]: fill in P and HEAD from the sessions, once all paths are adopted
unit_find()
{
	local n

	P=()
	for ((n = 1; n <= LIO_PORTALS; n++)); do
		P[n]=$(path_of "$n" "${1:-0}") || fail "portal $n has no disk"
		poll 15 is_path "${P[n]}" || fail "${P[n]} is not adopted"
	done
	HEAD=$(head_of "${P[1]}")
	poll 10 has_paths "$HEAD" "$LIO_PORTALS" ||
		fail "$HEAD has not $LIO_PORTALS paths: $(paths_of "$HEAD" | xargs)"
	wait_until 10 test -b "/dev/$HEAD"
}

# unit_up_debug [scsi_debug PARAMETER...]: the same on scsi_debug
unit_up_debug()
{
	mpath_loaded || mpath_load multipath=on
	sdebug_create "$@"
	defer sdebug_destroy
	unit_find_debug
}

# unit_find_debug: fill in P and HEAD from scsi_debug's disks
unit_find_debug()
{
	local disk n=0

	P=()
	for disk in $(sdebug_disks); do
		P[++n]=$disk
		poll 15 is_path "$disk" || fail "$disk is not adopted"
	done
	HEAD=$(head_of "${P[1]}")
	poll 10 has_paths "$HEAD" "$n" || fail "$HEAD has not $n paths"
}

# unit_up_active [scsi_debug PARAMETER...]: two paths that take I/O, whichever numbers
# their hosts got
unit_up_active()
{
	mpath_loaded || mpath_load multipath=on
	sdebug_create add_host=3 "$@"
	defer sdebug_destroy
	sdebug_drop standby
	unit_find_debug
	expect_eq "${#P[@]}" 2 "paths that take I/O"
}

# unit_up_alike [scsi_debug PARAMETER...]: two paths that are optimized, both
unit_up_alike()
{
	mpath_loaded || mpath_load multipath=on
	sdebug_create add_host=6 "$@"
	defer sdebug_destroy
	sdebug_drop standby
	sdebug_drop active/non-optimized
	unit_find_debug
	expect_eq "${#P[@]}" 2 "optimized paths"
}

# swallow_one OPCODE CMD...: CMD in the background; the one command of this kind that it
# sends is taken by a path, A, and not answered. B is the other of two.
swallow_one()
{
	local opcode=$1 n
	shift
	for n in 1 2; do sdebug_rule "${P[n]}" "0 -1 $opcode"; done
	"$@" &
	A=1 B=2
	poll 5 swallowed || fail "no path has swallowed a command"
	sdebug_rule "${P[B]}" "- 0 $opcode"
}

swallowed()
{
	[ "$(in_flight "${P[A]}")" -eq 0 ] || return 0
	A=$((3 - A)) B=$((3 - B))
	return 1
}

# leave_group STATE [FIO OPTION...]: of two groups, the one in use takes the
# state and comes back to active/optimized, under I/O that must not notice
leave_group()
{
	local state=$1
	shift
	unit_up "states=active/optimized active/non-optimized"
	io_start "$HEAD" "$@"
	wait_traffic 1
	lio_alua 1 "$state"
	wait_traffic 2
	wait_path "${P[1]}" access_state "$state"
	wait_head state degraded
	lio_alua 1 active/optimized
	# It carries no I/O, so no unit attention reaches us through it.
	nudge "${P[1]}"
	wait_traffic 1
	wait_head state online
	io_finish
	# That a path is asked for its unit before it takes over is no state of the unit.
	expect_eq "$(logged "$HEAD: no-usable-path")" 0 "how often no path was usable"
	expect_stall 500
}

# fail_over_file FILE: the path in use is lost and comes back, under I/O to a file
# system on the unit, which must not notice
fail_over_file()
{
	touch "$1"
	io_start "$1"
	find_user
	fault_reset "$A"
	wait_traffic "$B"
	fault_clear
	wait_head state online 30
	io_finish
}

# wait_transition SECONDS [STATE]: the group of all paths is so long on its way to
# another state; the head is in STATE meanwhile, if that is given. No path is to
# blame for it.
wait_transition()
{
	local secs=$1 array path
	shift
	unit_up "groups=1 1"
	lio_group 1 trans_delay_msecs "${secs}000"
	io_start "$HEAD"
	lio_alua 1 active/non-optimized &
	array=$!
	wait_path "${P[1]}" access_state transitioning
	wait_path "${P[2]}" access_state transitioning
	[ $# -eq 0 ] || wait_head state "$1"
	wait_path "${P[1]}" access_state active/non-optimized $((secs + 20))
	wait_ios "$HEAD" 100
	wait_head state online
	wait "$array"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	for path in "${P[@]}"; do
		expect_eq "$(path_get "$path" errors)" 0 "errors of $path"
		expect_eq "$(path_get "$path" probes)" 0 "probes of $path"
	done
	expect_stall "$((secs + 5))000" "${secs}000"
}
