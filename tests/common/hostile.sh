# shellcheck shell=bash
# shellcheck disable=SC2034 # LIO_* are for iscsi.sh
# SPDX-License-Identifier: GPL-2.0
#
# A target that misbehaves (common/hostile/), where LIO cannot: any page, sense
# data, size or delay, for one portal or for all. Portals and sessions are those of
# lio.sh and iscsi.sh. To be sourced after mpath.sh.

# hostile_create [portals=2] [units=1] [size=64M] [cache=0]: LUN N of each portal leads
# to unit N
hostile_create()
{
	local portals=2 units=1 size=64M cache=0 unit
	[ $# -eq 0 ] || local "$@"

	HOSTILE=$TMP/hostile
	LIO_IQN=iqn.2003-01.org.example:hostile LIO_PORTALS=$portals LIO_LUNS=$units
	mkdir -p "$HOSTILE"
	mkfifo "$HOSTILE/orders" "$HOSTILE/answers"
	exec 7<>"$HOSTILE/answers"
	PYTHONDONTWRITEBYTECODE=1 python3 "$TESTS/common/hostile" "$HOSTILE" "$portals" "$units" \
		$(($(numfmt --from=iec "$size") / 512)) >"$HOSTILE/log" 2>&1 7<&- &
	HOSTILE_PID=$!
	defer hostile_destroy
	hostile_answer 60 >/dev/null
	for unit in $(seq 0 $((units - 1))); do
		hostile unit "$unit" cache "$cache" >/dev/null
	done
}

hostile_destroy()
{
	iscsi_logout
	kill "$HOSTILE_PID" 2>/dev/null
}

hostile_answer()
{
	local answer
	read -r -t "$(($1 * ${SLOW:-1}))" -u 7 answer || fail "no answer of the target: $(tail -n 3 "$HOSTILE/log")"
	[[ $answer != error:* ]] || fail "the target: $answer"
	echo "$answer"
}

# hostile ORDER WORD...: see the methods order_* in hostile/__main__.py
hostile()
{
	echo "$*" >"$HOSTILE/orders"
	hostile_answer 10
}

# hostile_blank UNIT: nothing has been written to its first block
hostile_blank() { [ -z "$(hostile peek "$1" 0 4096 | tr -d 0)" ] || fail "unit $1 was written to"; }

# hostile_naa UNIT: the designator of a unit, in hex; hostile_page DESIGNATOR...: a page
# 83h of them
hostile_naa() { printf '010300106001405%09x%016x' "$(($1 + 1))" 0; }
hostile_page()
{
	local all
	all=$(printf %s "$@")
	printf '0083%04x%s' $((${#all} / 2)) "$all"
}

# hostile_scan PORTAL: as an admin would, for LUNs that are new
hostile_scan()
{
	local session host
	session=$(readlink -f "/sys/class/iscsi_session/$(session_of "$1")")
	host=${session#*/host}
	put "- - -" "/sys/class/scsi_host/host${host%%/*}/scan"
}

# hostile_disk PORTAL LUN: the disk of a LUN that is new
hostile_disk()
{
	wait_until 15 path_of "$1" "$2" >/dev/null
	path_of "$1" "$2"
}

# hostile_replace: with one portal and two units, HEAD is open and its LUN 0 unmapped;
# unit 1, which calls itself unit 0, has its place. Sets DISK, which leads there by LUN 5.
hostile_replace()
{
	put 1 "/sys/block/$(path_of 1 1)/device/delete"
	hostile map 1 0 none >/dev/null
	nudge "${P[1]}"
	wait_head state gone 20
	hostile map 1 5 1 >/dev/null
	hostile set 1 5 page83 "$(hostile_page "$(hostile_naa 0)")" >/dev/null
	hostile_scan 1
	DISK=$(hostile_disk 1 5)
	poll 15 head_is "$DISK" "$HEAD" || fail "$DISK has not joined $HEAD"
}

# hostile_up [hostile_create OPTION...]: with sessions, and the unit behind LUN 0
hostile_up()
{
	mpath_loaded || mpath_load multipath=on
	iscsi_start "${NOP:-5}"
	defer iscsi_stop
	hostile_create "$@"
	iscsi_login
	unit_find
}
