# shellcheck shell=bash
# shellcheck disable=SC2034 # LIO_* are for iscsi.sh
# SPDX-License-Identifier: GPL-2.0
#
# A LIO target in this machine and the sessions to it, by plain configfs and
# iscsiadm: a target of four portals stands in less than a second, where
# targetcli takes three seconds to start.
#
# Portal N listens on 127.0.N.1 and is a target portal group of its own: the
# portals of one portal group would share one relative port id and thereby one
# ALUA group. Unless told otherwise its units are in ALUA group N.

LIO=/sys/kernel/config/target
LIO_IQN=iqn.2003-01.org.example:mpath
LIO_PORTALS=0 LIO_LUNS=0

declare -A ALUA_STATE=(
	[active/optimized]=0
	[active/non-optimized]=1
	[standby]=2
	[unavailable]=3
	[lba-dependent]=4
	[offline]=14
	[transitioning]=15
)

lio_tpg() { echo "$LIO/iscsi/$LIO_IQN/tpgt_$1"; }
lio_units() { printf '%s\n' "$LIO"/core/*/unit*; }

# lio_create [OPTION=VALUE...]
#   portals=2      listening addresses
#   luns=1         units behind each of them
#   size=64M       of a unit; a list (64M,32M) gives each its own
#   serial=        hex digits: one serial number, so one identity, for all units
#   backend=rd     or file: a sparse file, that can discard and has a write cache; or
#                  block: the block device of device=
#   block=512      logical block size
#   tpgs=1         ALUA: 0 none, 1 implicit, 2 explicit, 3 both
#   groups="1 2"   ALUA group of each portal
#   states=        first ALUA state of each group
lio_create()
{
	local portals=2 luns=1 size=64M serial='' backend=rd device='' block=512 tpgs=1
	local groups='' states='' n group_of size_of state_of
	[ $# -eq 0 ] || local "$@"

	modprobe -a configfs target_core_mod iscsi_target_mod || fail "no LIO"
	[ ! -d "$LIO/iscsi/$LIO_IQN" ] || lio_destroy
	LIO_PORTALS=$portals LIO_LUNS=$luns
	[ -n "$groups" ] || groups=$(seq -s ' ' "$portals")
	read -ra group_of <<<"$groups"
	read -ra state_of <<<"$states"
	IFS=, read -ra size_of <<<"$size"
	for ((n = 0; n < luns; n++)); do
		lio_make_unit "$n"
	done
	mkdir -p "$LIO/iscsi/$LIO_IQN" || fail "LIO refused the target"
	for ((n = 1; n <= portals; n++)); do
		lio_make_portal "$n" "${group_of[n - 1]}"
	done
}

# The rest of lio_create; they read its variables. With many units every process
# counts: few are started here.
# shellcheck disable=SC2154
lio_make_unit()
{
	local dev bytes group state id

	bytes=$(numfmt --from=iec "${size_of[$1]:-${size_of[0]}}")
	if [ "$backend" = file ]; then
		dev=$LIO/core/fileio_0/unit$1
		mkdir -p "$dev"
		truncate -s "$bytes" "$TMP/unit$1"
		put "fd_dev_name=$TMP/unit$1,fd_dev_size=$bytes,fd_buffered_io=1" \
			"$dev/control"
	elif [ "$backend" = block ]; then
		modprobe target_core_iblock || fail "no target_core_iblock"
		dev=$LIO/core/iblock_0/unit$1
		mkdir -p "$dev"
		put "udev_path=$device,readonly=0" "$dev/control"
	else
		dev=$LIO/core/rd_mcp_0/unit$1
		mkdir -p "$dev"
		put "rd_pages=$((bytes / 4096))" "$dev/control"
	fi
	# VPD 0x83 has an NAA id only when there is a serial number, and takes
	# its digits from the front of it.
	printf -v id '%08x%024x' $(($1 + 1)) 0
	put "${serial:-$id}" "$dev/wwn/vpd_unit_serial"
	put 1 "$dev/enable"
	put "$block" "$dev/attrib/block_size"
	if [ "$backend" = file ]; then
		put 1 "$dev/attrib/emulate_tpu"
		put 1 "$dev/attrib/emulate_tpws"
	fi
	for group in "${group_of[@]}"; do
		[ ! -d "$dev/alua/g$group" ] || continue
		mkdir "$dev/alua/g$group"
		put "$group" "$dev/alua/g$group/tg_pt_gp_id"
		# LIO slows a non-optimized group by 100 ms a command. A
		# swap is to be measured, not that.
		put 0 "$dev/alua/g$group/nonop_delay_msecs"
		put 1 "$dev/alua/g$group/alua_access_type"
		state=${state_of[group - 1]:-}
		[ -z "$state" ] ||
			put "${ALUA_STATE[$state]}" "$dev/alua/g$group/alua_access_state"
		put "$tpgs" "$dev/alua/g$group/alua_access_type"
	done
}

lio_make_portal()
{
	local tpg unit lun

	tpg=$(lio_tpg "$1")
	mkdir -p "$tpg" || fail "LIO refused portal $1"
	put 0 "$tpg/attrib/authentication"
	put 1 "$tpg/attrib/generate_node_acls"
	put 0 "$tpg/attrib/demo_mode_write_protect"
	# Do not let the initiator wait before it logs in again: what is tested
	# is the time to leave a path, and the way back may be quick.
	put 0 "$tpg/param/DefaultTime2Wait"
	for unit in $(lio_units); do
		lun=$tpg/lun/lun_${unit##*/unit}
		mkdir "$lun"
		ln -s "$unit" "$lun/unit"
		put "g$2" "$lun/alua_tg_pt_gp"
	done
	mkdir "$tpg/np/$(portal_ip "$1"):3260" || fail "LIO refused portal $1"
	put 1 "$tpg/enable"
}

lio_destroy()
{
	local dir

	iscsi_logout
	for dir in "$LIO/iscsi/$LIO_IQN"/tpgt_*; do
		[ -d "$dir" ] || continue
		echo 0 2>/dev/null >"$dir/enable"
		rm -f "$dir"/lun/lun_*/unit
		rmdir "$dir"/np/* 2>/dev/null
		rmdir "$dir"/lun/lun_* "$dir"
	done
	[ ! -d "$LIO/iscsi/$LIO_IQN" ] || rmdir "$LIO/iscsi/$LIO_IQN"
	for dir in "$LIO"/core/*/unit*; do
		[ -d "$dir" ] || continue
		rmdir "$dir"/alua/g* "$dir"
		rmdir "${dir%/*}" 2>/dev/null
	done
	return 0
}

# lio_alua GROUP STATE: of every unit. With a transition delay this returns
# when the transition is over.
lio_alua()
{
	local unit
	for unit in $(lio_units); do
		put "${ALUA_STATE[$2]}" "$unit/alua/g$1/alua_access_state"
	done
}

# lio_group GROUP ATTRIBUTE VALUE, as preferred or trans_delay_msecs
lio_group()
{
	local unit
	for unit in $(lio_units); do
		put "$3" "$unit/alua/g$1/$2"
	done
}

# lio_unmap PORTAL [LUN]: no unit behind it. LUN 0 is never without: LIO shows a
# unit of its own there, of no size and write protected.
lio_unmap() { rm -f "$(lio_tpg "$1")/lun/lun_${2:-0}/unit"; }

# lio_remap PORTAL UNIT [LUN]: another unit behind it, without a word to whoever uses
# this LUN: its group, LIO's default one, is not one to announce a change
lio_remap()
{
	lio_unmap "$1" "${3:-0}"
	ln -s "$(lio_units | grep "/unit$2\$")" "$(lio_tpg "$1")/lun/lun_${3:-0}/unit" ||
		fail "LIO does not map unit $2"
}

# lio_map PORTAL UNIT [LUN]: the same, and in the ALUA group of the portal's number
lio_map()
{
	lio_remap "$@"
	put "g$1" "$(lio_tpg "$1")/lun/lun_${3:-0}/alua_tg_pt_gp"
}

# A portal group that is stopped ends its sessions and refuses new ones.
lio_stop() { put 0 "$(lio_tpg "$1")/enable"; }
lio_start() { put 1 "$(lio_tpg "$1")/enable"; }
