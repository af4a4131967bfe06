# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Persistent reservations: our own through the unit, those of another host
# through a session of its own, and what the target knows of both.

# Of enum pr_type, for the tests.
# shellcheck disable=SC2034
WRITE_REGISTRANTS=3 WRITE_ALL=5

# LIO keeps registrations over a restart, in files.
pr_up()
{
	mkdir -p /etc/target/pr /var/target/pr
	unit_up "$@"
}

# pr VERB ARG...: as pr.py says
pr() { expect_ok "$TESTS/common/pr.py" "/dev/$HEAD" "$@"; }
pr_refused() { expect_fail "$TESTS/common/pr.py" "/dev/$HEAD" "$@"; }

# keys_of HOST KEY: in how many nexuses of that host the target has the key
keys_of()
{
	grep -c "example:$1,i,.*Key: $(printf '0x%016x' "$2")" \
		"$(lio_units)/pr/res_pr_registered_i_pts"
}

has_keys() { [ "$(keys_of "$1" "$2")" -eq "$3" ]; }

# wait_keys HOST KEY COUNT
wait_keys()
{
	poll 15 has_keys "$@" || {
		cat "$(lio_units)/pr/res_pr_registered_i_pts" >&5
		fail "the target has key $2 of $1 $(keys_of "$1" "$2") times, not $3"
	}
}

# holder: the initiator's name and session that hold the reservation
holder() { sed -n 's/.*iSCSI Initiator: .*example://p' "$(lio_units)/pr/res_holder"; }
is_free() { grep -q '^No SPC-3 Reservation holder' "$(lio_units)/pr/res_holder"; }

# isid_of DISK: as the target prints it
isid_of()
{
	local session
	session=$(readlink -f "/sys/block/$1/device")
	session=${session##*/session}
	# open-iscsi numbers them as it does its sessions.
	printf '0x00023d%06x\n' "${session%%/*}"
}

# other_host_up: a second initiator behind portal 1, whose disk is OTHER. What
# it sees must not become a path of ours.
other_host_up()
{
	local node out session
	echo off >/sys/module/scsi_mpath/parameters/multipath
	iscsiadm -m iface -I other -o new >/dev/null 2>&1
	defer rm -f /etc/iscsi/ifaces/other /var/lib/iscsi/ifaces/other
	expect_ok iscsiadm -m iface -I other -o update \
		-n iface.initiatorname -v iqn.2003-01.org.example:other
	node=(iscsiadm -m node -T "$LIO_IQN" -p "$(portal_ip 1):3260,1" -I other)
	expect_ok "${node[@]}" -o new
	out=$("${node[@]}" -l 2>&1) || fail "login of the other host: $out"
	defer "${node[@]}" -u
	poll 10 other_disk >/dev/null || fail "the other host has no disk"
	OTHER=$(other_disk)
	no_head "$OTHER" || fail "$OTHER became a path"
}

other_disk()
{
	local session disk
	session=$(grep -l 'example:other' /sys/class/iscsi_session/*/initiatorname)
	for disk in "${session%/*}"/device/target*/*/block/*; do
		[ -e "$disk" ] || return 1
		echo "${disk##*/}"
	done
}

# other_pr SG_PERSIST-OPTION...: --out is implied
other_pr() { expect_ok sg_persist --no-inquiry --out "$@" "/dev/$OTHER"; }
