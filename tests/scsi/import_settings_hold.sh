#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/udev.sh"
DESC="what mpathctl import has written is what the module, the unit and its model have when they come back, the alias too"
TIMEOUT=180

run()
{
	udev_start
	defer rm -f /etc/modprobe.d/scsi_mpath.conf /etc/udev/rules.d/59-mpath-settings.rules
	unit_up portals=2
	expect_ok parted -s "/dev/$HEAD" mklabel gpt mkpart data 1MiB 100%
	conf "$(unit_get vpd_id)"
	"$MPATHCTL" import --write "$TMP/conf" >"$TMP/said" || fail "not written: $(cat "$TMP/said")"
	udev_settle
	iscsi_logout
	wait_until 10 no_head "${P[1]}"
	mpath_unload
	expect_ok modprobe scsi_mpath multipath=on
	udevadm control --reload
	iscsi_login
	unit_find
	udev_settle
	expect_eq "$(head_get no_path_timeout) $(unit_get failback) $(head_get iopolicy)" "60 7 queue-depth" \
		"what is for all, for the unit, for its model"
	linked
	udevadm trigger --settle --action=change --subsystem-match=block
	linked
}

conf()
{
	cat >"$TMP/conf" <<-CONF
		defaults {
			no_path_retry 12
		}
		devices {
			device {
				vendor "LIO-ORG"
				product ".*"
				path_selector "service-time 0"
			}
		}
		multipaths {
			multipath {
				wwid 3${1#naa.}
				alias data1
				failback 7
			}
		}
	CONF
}

linked()
{
	expect_eq "$(readlink -f /dev/mapper/data1) $(readlink -f /dev/mapper/data1-part1)" \
		"/dev/$HEAD /dev/${HEAD}1" "links by the alias"
}
