# shellcheck shell=bash
# shellcheck disable=SC2034 # NVMET_* are for nvme.sh
# SPDX-License-Identifier: GPL-2.0
#
# An NVMe target in this machine, by plain configfs: one subsystem behind
# several portals. Portal N is nvmet's port N; its address is 127.0.N.1, which
# for the transport "loop" is no more than a name.
#
# Each portal has an ANA state of its own for each ANA group, and a namespace is
# in one group. Unless told otherwise that is group 1.

NVMET=$CONFIGFS/nvmet
NQN=nqn.2014-08.org.example:mpath
NVMET_SUBSYS=$NVMET/subsystems/$NQN
NVMET_TRANSPORT=loop NVMET_PORTALS=0

nvmet_port() { echo "$NVMET/ports/$1"; }
nvmet_ns() { echo "$NVMET_SUBSYS/namespaces/$1"; }

# nvmet_create [OPTION=VALUE...]
#   transport=loop or tcp
#   portals=2      listening addresses
#   namespaces=1   how many, with NSID 1 and so on
#   size=64        of each, in MiB
#   backend=file   or null_blk, with memory
#   blk=           attributes of the null_blk disk, as "zoned=1 zone_size=4"
#   resv=0         1: the namespaces can be reserved
#   groups=1       number of ANA groups
#   states=        first ANA state of group 1, for each portal
nvmet_create()
{
	local transport=loop portals=2 namespaces=1 size=64 backend=file blk='' resv=0
	local groups=1 states='' n
	[ $# -eq 0 ] || local "$@"

	NVMET_TRANSPORT=$transport NVMET_PORTALS=$portals FAULT_PORTALS=$portals
	[ "$backend" = file ] || defer null_blk_destroy_all
	defer nvmet_destroy
	mkdir "$NVMET_SUBSYS" || fail "nvmet refused the subsystem"
	put 1 "$NVMET_SUBSYS/attr_allow_any_host"
	for ((n = 1; n <= namespaces; n++)); do
		nvmet_make_backing "$n"
		nvmet_add_ns "$n" "${NVMET_BACKING[n]}"
	done
	for ((n = 1; n <= portals; n++)); do
		nvmet_make_port "$n"
	done
}

# The rest of nvmet_create; they read its variables.
# shellcheck disable=SC2154
nvmet_make_backing()
{
	if [ "$backend" = null_blk ]; then
		# shellcheck disable=SC2086
		NVMET_BACKING[$1]=/dev/$(null_blk_create "ns$1" memory_backed=1 "size=$size" $blk) ||
			exit
	else
		NVMET_BACKING[$1]=$TMP/ns$1
		truncate -s "${size}M" "$TMP/ns$1"
	fi
}

# shellcheck disable=SC2154
nvmet_make_port()
{
	local port group state
	port=$(nvmet_port "$1")
	mkdir "$port" || fail "nvmet refused port $1"
	put "$transport" "$port/addr_trtype"
	put "$(portal_ip "$1")" "$port/addr_traddr"
	if [ "$transport" = tcp ]; then
		put ipv4 "$port/addr_adrfam"
		put "$FAULT_PORT" "$port/addr_trsvcid"
	fi
	for ((group = 2; group <= groups; group++)); do
		mkdir "$port/ana_groups/$group" || fail "nvmet refused ANA group $group"
		put optimized "$port/ana_groups/$group/ana_state"
	done
	state=$(cut -d' ' -f"$1" <<<"$states")
	[ -z "$state" ] || nvmet_ana "$1" "$state"
	nvmet_link "$1"
}

# nvmet_add_ns NSID BACKING [ATTRIBUTE=VALUE...]: a namespace, at once visible
nvmet_add_ns()
{
	local ns arg path=$2
	ns=$(nvmet_ns "$1")
	mkdir "$ns" || fail "nvmet refused namespace $1"
	put "$path" "$ns/device_path"
	[ -b "$path" ] || put 1 "$ns/buffered_io"
	[ "${resv:-0}" -eq 0 ] || put 1 "$ns/resv_enable"
	shift 2
	for arg; do put "${arg#*=}" "$ns/${arg%%=*}"; done
	put 1 "$ns/enable"
}

# Not disabled first: for each command to a namespace that is there and
# disabled, nvmet of 6.12 forgets a reference, and warns when the subsystem goes.
nvmet_del_ns()
{
	rmdir "$(nvmet_ns "$1")" || fail "namespace $1 of nvmet stays"
}

# A portal that does not lead to the subsystem: nvmet ends the controllers that
# came through it and refuses new ones.
nvmet_link() { ln -s "$NVMET_SUBSYS" "$(nvmet_port "$1")/subsystems/$NQN" || fail "portal $1 cannot be opened"; }
nvmet_unlink() { rm "$(nvmet_port "$1")/subsystems/$NQN" || fail "portal $1 cannot be closed"; }

# nvmet_ana PORTAL STATE [GROUP]: optimized, non-optimized, inaccessible,
# persistent-loss or change; nvmet tells the hosts
nvmet_ana() { put "$2" "$(nvmet_port "$1")/ana_groups/${3:-1}/ana_state"; }

nvmet_ana_all()
{
	local n
	for ((n = 1; n <= NVMET_PORTALS; n++)); do nvmet_ana "$n" "$1"; done
}

nvmet_destroy()
{
	local dir group
	for dir in "$NVMET"/ports/*/; do
		[ -d "$dir" ] || continue
		rm -f "$dir"/subsystems/*
		for group in "$dir"/ana_groups/*; do
			[ "${group##*/}" = 1 ] || rmdir "$group"
		done
		rmdir "$dir"
	done
	for dir in "$NVMET_SUBSYS"/namespaces/*/; do
		[ ! -d "$dir" ] || rmdir "$dir"
	done
	[ ! -d "$NVMET_SUBSYS" ] || rmdir "$NVMET_SUBSYS"
}
