# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The SAN of the demo: one LUN of a LIO target, four portals in two ALUA
# groups, four iSCSI sessions.

readonly LUN=lun
readonly IQN=iqn.2026-11.demo.mpath:lun
readonly OPTIMIZED=(127.0.1.1 127.0.2.1)
readonly FALLBACK=(127.0.3.1 127.0.4.1)
readonly PORTALS=("${OPTIMIZED[@]}" "${FALLBACK[@]}")
# shellcheck disable=SC2034 # the story sets them
readonly ALUA_OPTIMIZED=0 ALUA_NONOPTIMIZED=1 ALUA_STANDBY=2

# A portal is a target portal group of its own: all portals of one group share
# one ALUA state.
portal_commands()
{
	local tag=$1 portal=$2 group=$3 tpg=/iscsi/$IQN/tpg$1

	((tag == 1)) || echo "/iscsi/$IQN create tag=$tag"
	cat <<-EOF
		$tpg set attribute authentication=0 generate_node_acls=1 demo_mode_write_protect=0 cache_dynamic_acls=1
		$tpg/luns create /backstores/ramdisk/$LUN lun=0
		$tpg/luns/lun0 set alua alua_tg_pt_gp_name=$group
		$tpg/portals create $portal
	EOF
}

# LIO makes every command to a non-optimized group wait 100 ms by default. 2 ms
# still show in the picture, and do not pass for a stall.
target_commands()
{
	local tag=0 portal

	cat <<-EOF
		set global auto_add_default_portal=false auto_cd_after_create=false auto_save_on_exit=false
		/backstores/ramdisk create name=$LUN size=256MB
		/backstores/ramdisk/$LUN/alua create name=optimized tag=1
		/backstores/ramdisk/$LUN/alua create name=fallback tag=2
		/backstores/ramdisk/$LUN/alua/fallback set alua alua_access_state=$ALUA_NONOPTIMIZED nonop_delay_msecs=2
		/iscsi create $IQN
	EOF
	for portal in "${OPTIMIZED[@]}"; do
		portal_commands $((++tag)) "$portal" optimized
	done
	for portal in "${FALLBACK[@]}"; do
		portal_commands $((++tag)) "$portal" fallback
	done
	echo "ls /iscsi/$IQN"
}

# One targetcli session takes all the commands: to start it takes seconds on
# an emulated CPU.
target_create()
{
	mkdir -p /etc/target /run/dbus
	modprobe iscsi_target_mod
	dbus-daemon --config-file="$DEMO/dbus.conf" --fork
	target_commands | targetcli >"$WORK/targetcli.log" 2>&1
	show_target_tree <"$WORK/targetcli.log"
}

# Of targetcli's output, coloured and filled with dots for a wide terminal,
# only the tree that it drew last is of interest.
show_target_tree()
{
	sed -e 's/\x1b\[[0-9;]*m//g' -e 's#^/> ##' -e 's/ \.\.\.* / /' | grep 'o- '
}

target_remove()
{
	targetcli clearconfig confirm=true >>"$WORK/targetcli.log" 2>&1
}

# group_state GROUP STATE: what an array does when it moves a LUN to its other controller
group_state()
{
	echo "$2" >"$(echo /sys/kernel/config/target/core/rd_mcp_*/"$LUN"/alua/"$1"/alua_access_state)"
}

# No udevd runs here that would load sd by the alias of the device.
initiator_start()
{
	mkdir -p /run/lock/iscsi
	echo "InitiatorName=iqn.2026-11.demo.mpath:initiator" >/etc/iscsi/initiatorname.iscsi
	modprobe -a iscsi_tcp sd_mod
	iscsid
}

# One after the other, so that the disks' names follow the portals' order.
log_in_all()
{
	local portal

	iscsiadm -m discovery -t sendtargets -p "${PORTALS[0]}" >"$WORK/iscsiadm.log"
	for portal in "${PORTALS[@]}"; do
		log_in "$portal"
		await 10 "the disk behind $portal" disk_of "$portal"
	done
}

log_out_all()
{
	iscsiadm -m node --logout >>"$WORK/iscsiadm.log"
}

log_in()
{
	iscsiadm -m node -T "$IQN" -p "$1" --login >>"$WORK/iscsiadm.log"
}

log_out()
{
	iscsiadm -m node -T "$IQN" -p "$1" --logout >>"$WORK/iscsiadm.log"
}

# How long open-iscsi lets a portal be silent before it gives it up, in ms
nop_limit_ms()
{
	local record interval timeout

	record=$(iscsiadm -m node -T "$IQN" -p "${PORTALS[0]}")
	interval=$(sed -n 's/^node.conn\[0\].timeo.noop_out_interval = //p' <<<"$record")
	timeout=$(sed -n 's/^node.conn\[0\].timeo.noop_out_timeout = //p' <<<"$record")
	echo $(((interval + timeout) * 1000))
}
