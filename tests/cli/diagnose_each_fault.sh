#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl doctor: nothing wrong with a good tree; each fault is found, and nothing else; each check has its fault here"
HOST=1

run()
{
	tree_use iscsi nvme
	good_adapters
	expect_status 0 doctor
	expect_eq "$OUTPUT $COMPLAINT" "nothing is wrong, of 2 units " "a good tree"
	cp -a "$SYSROOT" "$SYSROOT.good"
	defer rm -rf "$SYSROOT.good"

	finds adoption-off '' put module/scsi_mpath/parameters/multipath off
	finds nvme-multipath-off '' put module/nvme_core/parameters/multipath N
	finds module-not-loaded '' put module/sd_mod/initstate live
	finds module-not-signed '' put module/libmultipath/taint OE
	finds lvm-sees-paths '' lvm '# external_device_info_source = "udev"'
	finds lvm-sees-paths '' lvm 'external_device_info_source = "none"'
	lvm 'external_device_info_source = "udev"'
	expect_status 0 doctor
	finds dm-multipath sdz held_by_dm
	finds left-alone sdz disk sdz naa.60014050000000100000000000000000
	finds left-alone "sdy sdz" two_disks
	finds disk-in-use sdz in_use naa.60014050000000100000000000000000
	finds "disk-in-use left-alone" "sdy sdz" two_disks_mounted
	finds no-usable-path mpatha put block/mpatha/multipath/state no-usable-path
	finds no-usable-path mpatha put block/mpatha/multipath/state failed
	finds unit-gone mpatha put block/mpatha/multipath/state gone
	finds "few-paths" mpatha leave 1
	finds "few-paths" mpatha leave 0
	finds one-target-port mpatha one_portal
	finds one-adapter mpatha one_adapter
	finds one-adapter nvme0n1 put block/nvme0c1n1/device/address traddr=127.0.2.1,trsvcid=4420,src_addr=127.0.0.1
	finds fails-at-once mpatha put block/mpatha/multipath/no_path_timeout 0
	finds not-optimized mpatha none_optimized
	finds path-not-good sdc put block/sdc/mpath/health suspect
	finds path-not-good nvme0c0n1 put block/nvme0c0n1/device/state connecting
	finds path-set-offline sdc put block/sdc/mpath/reason "the SCSI device was set offline"
	finds path-not-in-service sdc put block/sdc/mpath/admin_state out-of-service
	finds path-errors sdc put block/sdc/mpath/errors 3
	finds other-size sdc put block/sdc/size 131000
	finds other-size sdc put block/sdc/size 0
	finds other-cache sdc put block/sdc/mpath/reason "its write cache is not that of the unit"
	finds read-only sdc put block/sdc/ro 1
	finds scsi-dh-alua sdc put block/sdc/device/dh_state alua
	finds no-nop sdc put class/iscsi_connection/connection3:0/ping_tmo 0
	finds no-nop sdc put class/iscsi_connection/connection3:0/recv_tmo 60
	finds no-fast-io-fail sdq fibre_channel

	diff "$TMP/wanted" <(found) >&5 || fail "what it found (>) is not what was done (<)"
	expect_eq "$(cut -d : -f 1 "$TMP/wanted" | tr ' ' '\n' | sort -u)" \
		"$(sed -n 's/^\tCHECK("\([a-z-]*\)".*/\1/p' "$TOP/tools/mpathctl/checks.c" | sort)" "checks tried here, and those there are"
	expect_status 1 doctor
	expect_eq "$OUTPUT" "risk: sdq: I/O stays with a lost port: its fast_io_fail_tmo is off
         write 5 to its fast_io_fail_tmo in /sys/class/fc_remote_ports" "what is printed"
	expect_refused 2 "too much" doctor mpatha
}

# Each path from another address of the host: the tree comes from a guest that has one.
good_adapters()
{
	local n
	for n in 0 1 2 3; do
		put "class/iscsi_host/host$n/ipaddress" "127.0.$((4 - n)).9"
	done
	put block/nvme0c1n1/device/address traddr=127.0.2.1,trsvcid=4420,src_addr=127.0.0.2
}

# finds CHECK DISKS CMD...: after CMD on the good tree doctor is to find that, and that only
finds()
{
	local check=$1 disks=$2
	shift 2
	rm -rf "$SYSROOT"
	cp -al "$SYSROOT.good" "$SYSROOT"
	"$@"
	expect_status 1 doctor --json
	cat "$TMP/output" >>"$TMP/findings"
	echo "$check: $disks" >>"$TMP/wanted"
}

# A line for each tree, in the order they were looked at; no advice may have a gap in it.
found()
{
	jq -r '"\([.findings[].check] | unique | join(" ")): \([.findings[].disk // empty] | join(" "))",
		(.findings[].advice | select(contains("%")))' "$TMP/findings"
}

put()
{
	mkdir -p "$SYSROOT/sys/${1%/*}"
	# The good tree has the same file.
	rm -f "$SYSROOT/sys/$1"
	tree_put "$1" "$2"
}

# lvm LINE: what is in its configuration
lvm()
{
	mkdir -p "$SYSROOT/etc/lvm"
	printf '%s\n' 'devices {' "	$1" '}' >"$SYSROOT/etc/lvm/lvm.conf"
}

# disk NAME ID: one that is no path
disk() { put "block/$1/device/wwid" "$2"; }

two_disks()
{
	disk sdy naa.5001
	disk sdz naa.5001
	disk sdx naa.5002
}

# in_use ID: mounted as sdz, which is no path
in_use()
{
	disk sdz "$1"
	put block/sdz/device/mpath_left_alone "in use"
}

two_disks_mounted()
{
	in_use naa.5001
	disk sdy naa.5001
	put block/sdy/device/mpath_left_alone "another disk of its unit is in use"
}

held_by_dm()
{
	disk sdz naa.60014050000000100000000000000000
	put block/dm-7/dm/uuid mpath-360014050000000100000000000000000
	mkdir -p "$SYSROOT/sys/block/sdz/holders"
	ln -s ../../dm-7 "$SYSROOT/sys/block/sdz/holders/dm-7"
}

# leave N: so many paths of the four
leave()
{
	local path n=0
	for path in sdd sdc sdb sda; do
		n=$((n + 1))
		[ "$n" -le "$1" ] || rm "$SYSROOT/sys/block/mpatha/multipath/$path"
	done
}

one_portal()
{
	local n
	for n in 1 2 3 4; do
		put "class/iscsi_connection/connection$n:0/address" 10.0.0.1
	done
}

one_adapter()
{
	local n
	for n in 0 1 2 3; do
		put "class/iscsi_host/host$n/ipaddress" 127.0.0.9
	done
}

none_optimized()
{
	put block/sdc/mpath/access_state standby
	put block/sdd/mpath/access_state active/non-optimized
}

fibre_channel()
{
	tree_unpack fc-sas
	put block/sdr/mpath/health good
	put block/sdr/mpath/admin_state in-service
	put block/sdr/mpath/errors 0
	put class/fc_remote_ports/rport-6:0-1/fast_io_fail_tmo off
}
