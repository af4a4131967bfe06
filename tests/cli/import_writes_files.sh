#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl import --write: parameters for all units, rules for some and for links; both files or none, the same again, nothing of an admin's lost"
HOST=1

run()
{
	tree_use
	OPTIONS=$SYSROOT/etc/modprobe.d/scsi_mpath.conf
	RULES=$SYSROOT/etc/udev/rules.d/59-mpath-settings.rules
	conf
	expect_status 0 import "$TMP/conf"
	expect_eq "$(files)" "" "files without --write"
	refused "modprobe.d/scsi_mpath.conf: cannot be written"
	mkdir -p "${OPTIONS%/*}"
	refused "etc/udev/rules.d: No such file"
	mkdir -p "${RULES%/*}"
	echo 'options scsi_mpath failback=9' >"$OPTIONS"
	refused "is not from import"
	rm "$OPTIONS"

	expect_status 0 import --write "$TMP/conf"
	expect_eq "$(tail -n +2 "$OPTIONS")" "options scsi_mpath no_path_timeout=60
options scsi_mpath iopolicy=numa
options scsi_mpath exclude=naa.600508b400105e210000900000490000,*IBM*:A?B*" "parameters"
	expect_eq "$(grep -v '^#' "$RULES")" "$(wanted)" "rules"
	echo '# mine' >>"$RULES"
	sort "$RULES" >"$TMP/rules"
	cp "$OPTIONS" "$TMP/options"
	expect_status 0 import --write "$TMP/conf"
	sort "$RULES" | cmp - "$TMP/rules" || fail "other rules when done again"
	cmp "$OPTIONS" "$TMP/options" || fail "other parameters when done again"

	{ echo 'blacklist {'; printf 'wwid 3600508b4001%020d\n' {1..30}; echo '}'; } >"$TMP/conf"
	refused "shorten the blacklist"
	echo 'defaults {' >"$TMP/conf"
	refused "$TMP/conf"
	expect_refused 2 "which one file" import --write "$TMP/conf" twice
}

conf()
{
	cat >"$TMP/conf" <<-'CONF'
	defaults {
		no_path_retry 12
		path_selector "round-robin 0"
		path_grouping_policy failover
		eh_deadline 20
	}
	blacklist {
		wwid 3600508b400105e210000900000490000
		device {
			vendor IBM
			product "^A B"
		}
	}
	devices {
		device {
			vendor "^NETAPP$"
			product "LUN.*"
			no_path_retry queue
			fast_io_fail_tmo 5
		}
		device {
			vendor "(A|B)"
			failback manual
		}
	}
	multipaths {
		multipath {
			wwid 36001405abcdef000000000000000001a
			alias data1
			failback immediate
		}
		multipath {
			wwid my-own-name
			alias data2
		}
		multipath {
			wwid nvme.1b36-51
			alias data3
		}
	}
	CONF
}

wanted()
{
	local added='ACTION=="add", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", '
	local event='ACTION!="remove", SUBSYSTEM=="block", ' id='{vpd_id}=="naa.6001405abcdef000000000000000001a", '
	cat <<-RULES
	ACTION=="add", SUBSYSTEM=="scsi_host", ATTR{eh_deadline}="20"
	${added}ENV{ID_VENDOR}=="NETAPP", ENV{ID_MODEL}=="*LUN*", ATTR{multipath/no_path_timeout}="-1"
	${event}ENV{DEVTYPE}=="disk", ATTR${id}SYMLINK+="mapper/data1"
	${event}ENV{DEVTYPE}=="partition", ATTRS${id}SYMLINK+="mapper/data1-part%n"
	${added}ATTR${id}ATTR{failback}="immediate"
	RULES
}

# What there is of both files
files() { cat "$OPTIONS" "$RULES" 2>/dev/null; }

# refused WORDS: for that reason, and both files are as they were
refused()
{
	local before
	before=$(files)
	expect_status 1 import --write "$TMP/conf"
	grep -qFe "$1" <<<"$COMPLAINT" || fail "said: $COMPLAINT"
	expect_eq "$(files)" "$before" "files after: $1"
	expect_eq "$(find "$SYSROOT/etc" -name '*.??????' ! -name '*.rules' 2>/dev/null)" "" "drafts"
}
