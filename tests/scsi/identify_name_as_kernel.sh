#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="a unit has the name that the SCSI core gives each of its paths; a UUID goes before a T10 vendor id"

# A SCSI name string keeps the NULs that fill it up.
wwid() { tr -d '\0' <"/sys/block/$1/device/wwid"; }
vpd_id() { cat "/sys/block/$(head_of "$1")/vpd_id"; }

named_as_kernel()
{
	local disk
	for disk; do
		case $(vpd_id "$disk") in
		naa.*) ;;
		*) fail "$disk belongs to a unit '$(vpd_id "$disk")'" ;;
		esac
		expect_eq "$(vpd_id "$disk")" "$(wwid "$disk")" "the name of ${disk}'s unit"
	done
}

run()
{
	local other
	# Of an NAA that is locally assigned, too.
	mpath_load multipath=always
	unit_up portals=2 luns=2
	other=$(path_of 2 1)
	wait_until 10 has_head "$other"
	named_as_kernel "${P[@]}" "$other"

	# Here it is the second of two that rank the same.
	unit_up_debug uuid_ctl=0
	named_as_kernel "${P[@]}"
	sdebug_destroy

	unit_up_debug uuid_ctl=2
	case $(wwid "${P[1]}") in t10.*) ;; *) note "the SCSI core says $(wwid "${P[1]}")" ;; esac
	[[ $(vpd_id "${P[1]}") =~ ^uuid\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] ||
		fail "the unit with a UUID is called $(vpd_id "${P[1]}")"
}
