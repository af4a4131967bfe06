# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The initiator's side: the daemon, its sessions, and which disk goes through
# which portal of lio.sh.

# iscsi_start [NOP seconds]: interval and timeout of the NOP that finds a
# silent portal. The rest of the settings are open-iscsi's own defaults, with
# recovery_tmo at 120 s unless RECOVERY_TMO says otherwise: a disk that nobody moves
# I/O away from does stall.
iscsi_start()
{
	local nop=${1:-5}

	iscsi_stop
	# No udevd here that would load sd for a new disk.
	modprobe -a iscsi_tcp sd_mod || fail "no iscsi_tcp"
	mkdir -p /etc/iscsi /run/lock/iscsi
	echo "InitiatorName=iqn.2003-01.org.example:host" \
		>/etc/iscsi/initiatorname.iscsi
	cat >/etc/iscsi/iscsid.conf <<-CONF
		node.startup = manual
		node.leading_login = No
		node.session.timeo.replacement_timeout = ${RECOVERY_TMO:-120}
		node.conn[0].timeo.login_timeout = 15
		node.conn[0].timeo.logout_timeout = 5
		node.conn[0].timeo.noop_out_interval = $nop
		node.conn[0].timeo.noop_out_timeout = $nop
		node.session.initial_login_retry_max = 8
		node.session.iscsi.DefaultTime2Wait = 0
		node.session.scan = auto
	CONF
	iscsid || fail "iscsid does not start"
	wait_until 10 pidof iscsid
}

iscsi_stop()
{
	local pid
	pid=$(pidof iscsid) || return 0
	# shellcheck disable=SC2086
	kill $pid
	wait_until 10 iscsi_gone
}

iscsi_gone() { ! pidof iscsid >/dev/null; }

# iscsi_login [PORTAL...]: all of them without an argument. Returns when every
# unit has its disk.
iscsi_login()
{
	local n out

	# shellcheck disable=SC2046
	[ $# -gt 0 ] || set -- $(seq "$LIO_PORTALS")
	for n; do
		iscsi_node "$n" -o new >/dev/null || fail "no record of portal $n"
	done
	if [ $# -eq "$LIO_PORTALS" ] && [ $# -gt 1 ]; then
		# One call logs in to all at once, which saves seconds.
		out=$(iscsiadm -m node -T "$LIO_IQN" -l 2>&1) || fail "login: $out"
	else
		for n; do
			out=$(iscsi_node "$n" -l 2>&1) || fail "login $n: $out"
		done
	fi
	for n; do
		poll 20 has_disks "$n" "$LIO_LUNS" ||
			fail "disks through portal $n: $(paths_through "$n" | xargs)"
	done
}

iscsi_node()
{
	local n=$1
	shift
	iscsiadm -m node -T "$LIO_IQN" -p "$(portal_ip "$n"):3260,$n" "$@"
}

# iscsi_logout [PORTAL...]
iscsi_logout()
{
	local n

	if [ $# -eq 0 ]; then
		iscsi_gone || iscsiadm -m node -u >/dev/null 2>&1
		rm -rf /etc/iscsi/nodes /var/lib/iscsi/nodes
		return 0
	fi
	for n; do
		iscsi_node "$n" -u >/dev/null || fail "no logout from portal $n"
	done
}

# session_of PORTAL: its name in /sys/class/iscsi_session
session_of()
{
	local conn addr

	for conn in /sys/class/iscsi_connection/connection*; do
		read -r addr 2>/dev/null <"$conn/persistent_address" || continue
		[ "$addr" = "$(portal_ip "$1")" ] || continue
		conn=${conn##*/connection}
		echo "session${conn%%:*}"
		return 0
	done
	return 1
}

# paths_through PORTAL: the disks behind it, in no order
paths_through()
{
	local session disk

	session=$(session_of "$1") || return 1
	for disk in /sys/class/iscsi_session/"$session"/device/target*/*/block/*; do
		[ ! -e "$disk" ] || echo "${disk##*/}"
	done
}

has_disks() { [ "$(paths_through "$1" | wc -l)" -ge "$2" ]; }

# path_of PORTAL [LUN]: the disk through it, as sdb
path_of()
{
	local session disk

	session=$(session_of "$1") || return 1
	for disk in /sys/class/iscsi_session/"$session"/device/target*/*:"${2:-0}"/block/*; do
		[ -e "$disk" ] || return 1
		echo "${disk##*/}"
		return 0
	done
	return 1
}

session_state() { content "/sys/class/iscsi_session/$(session_of "$1")/state"; }

is_session() { [ "$(session_state "$1")" = "$2" ]; }
