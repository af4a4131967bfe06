#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl import: each line of dm-multipath's configuration becomes something, or is said not to, and why"
HOST=1

run()
{
	tree_use
	conf <<-'CONF'
	# a comment
	defaults {
		polling_interval 10     ! another one
		no_path_retry    12
		path_selector    "service-time 0"
		failback         followover
		prio             rdac
		nonsense         3
		find_multipaths  greedy
		fast_io_fail_tmo 5
	}
	blacklist {
		devnode "^(ram|raw|loop|fd|md|dm-|sr|scd|st)[0-9]*"
		devnode "!^(sd[a-z]|dasd[a-z]|nvme[0-9])"
		devnode "^sd[ab]$"
		wwid 3600508b400105e210000900000490000
		wwid "^3600508b4"
		wwid ".*"
		device {
			vendor "IBM"
			product "^S/390\.x.*"
		}
		device {
			vendor "(A|B)"
		}
		protocol "scsi:(usb|ata)"
		protocol "!scsi:fcp"
	}
	overrides {
		failback immediate
		protocol {
			type scsi:fcp
		}
	}
	devices {
		device {
			vendor "DELL"
			product "LUN ""C"""
			no_path_retry queue
			features "1 queue_if_no_path"
			failback 30
			hardware_handler "1 rdac"
		}
	}
	multipaths {
		multipath {
			wwid 36001405abcdef000000000000000001a
			alias data1
			no_path_retry fail
			path_grouping_policy failover
			alias "../../etc/passwd"
		}
	}
	CONF
	expect_status 0 import --json "$TMP/conf"
	mapfile -t FATES < <(jq -r 'reduce .lines[] as $l ([]; .[$l.line] = "\($l.fate): \($l.text)")
		| .[] | . // ""' <<<"$OUTPUT")
	is 3 "not needed" "counts for no_path_retry only"
	is 4 becomes no_path_timeout=120
	is 5 becomes policy=queue-depth
	is 6 "not needed" "overrides has it"
	is 7 "not supported" "only ALUA or ANA decide"
	is 8 unknown "no such keyword"
	is 9 becomes multipath=always
	is 10 becomes 'SUBSYSTEM=="fc_remote_ports", ATTR{fast_io_fail_tmo}="5"'
	is 13 "not needed" "only SCSI disks"
	is 14 "not needed" "only SCSI disks"
	is 15 "not supported" "vendors and models"
	is 16 becomes exclude=naa.600508b400105e210000900000490000
	is 17 becomes 'exclude=naa.600508b4*'
	is 18 "not needed" "without ALUA"
	is 19 becomes 'exclude=*IBM*:S/390.x*'
	is 23 "not supported" "with * and ?"
	is 26 "not needed" "USB and ATA"
	is 27 "not supported" "vendors and models"
	is 30 becomes failback=immediate
	is 31 "not supported" "by unit, or for all"
	is 39 "not supported" "udev cannot tell"
	is 40 "not needed" "no_path_retry goes before it"
	is 41 "not needed" "overrides has it"
	is 42 "not supported" "arrays without ALUA"
	is 48 becomes 'SYMLINK+="mapper/data1"'
	is 49 becomes no_path_timeout=0
	is 50 becomes policy=numa
	is 51 "not supported" "a link can have"
	expect_eq "$(jq -r '.lines[] | select(.line == 48) | .section' <<<"$OUTPUT")" "unit naa.6001405abcdef000000000000000001a"
	expect_eq "$(jq -r '.lines[] | select(.line == 38) | .value' <<<"$OUTPUT")" 'LUN "C"'

	expect_status 0 import "$TMP/conf"
	expect_eq "$(tail -n 1 <<<"$OUTPUT")" "11 become settings, 11 are not needed, 8 not supported, 1 unknown"
	expect_eq "$(grep -A 1 ':48: ' <<<"$OUTPUT")" "$TMP/conf:48: unit naa.6001405abcdef000000000000000001a: alias data1
        becomes: udev rule: SYMLINK+=\"mapper/data1\"" "what is printed"
}

conf() { cat >"$TMP/conf"; }

# is LINE FATE WORDS
is() { [[ ${FATES[$1]} = "$2: "*"$3"* ]] || fail "line $1: '${FATES[$1]}', expected '$2: $3'"; }
