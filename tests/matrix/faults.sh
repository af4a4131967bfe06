# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The faults of the matrix: for each NAME what begins it, fault_NAME, and what
# ends it, heal_NAME, with _ for -; prepare_NAME comes before there is I/O. Path 1 is
# hit, or the unit. TARGET_OF says which target can do it, if that is not LIO; MISSED
# what did not befall it, for when the fault has been ended.

# shellcheck disable=SC2034 # it is for cell.sh
declare -A TARGET_OF=([eh-offline]=hostile [grown]=hostile [shrunk]=hostile [read-only]=hostile)

# The unit is LUN 1: LIO shows something at LUN 0 whatever is mapped there.
LUN=1

fault_portal_reset() { fault_reset 1; }
heal_portal_reset() { end_fault refused 1; }

fault_portal_drop() { fault_drop 1; }
heal_portal_drop() { end_fault dropped 1; }

# end_fault SET PORTAL: the faults of the others stay
end_fault() { nft delete element inet faults "$1" "{ $(portal_ip "$2") }"; }

fault_logout() { iscsi_logout 1; }
heal_logout() { iscsi_login 1; }

# Commands are swallowed until SCSI's error handling gives the device up. That looks
# at what has timed out twice: not at SG_IO, which may be all that is in flight on one
# of four paths, so there is a read of the path's own. How long it takes is for libiscsi
# to say, which gives a command more time while its connection lives; sd gives UNMAP
# 30 s, and error handling waits for all that is in flight.
prepare_eh_offline()
{
	put 2 "/sys/block/${P[1]}/device/timeout"
	put 1 "/sys/block/${P[1]}/device/eh_timeout"
}
fault_eh_offline()
{
	hostile rule 1 "$LUN" '*' swallow >/dev/null
	dd if="/dev/${P[1]}" of=/dev/null bs=4k count=1 iflag=direct 2>/dev/null &
	SWALLOWED=$!
	within 200 device_offline || MISSED="${P[1]} did not go offline"
}
heal_eh_offline()
{
	hostile obey 1 >/dev/null
	# It has failed with the device.
	wait "$SWALLOWED" || :
	put 30 "/sys/block/${P[1]}/device/timeout"
	put 10 "/sys/block/${P[1]}/device/eh_timeout"
}
device_offline() { [ "$(content "/sys/block/${P[1]}/device/state")" != running ]; }

fault_device_delete()
{
	SCSI_HOST=$(readlink -f "/sys/block/${P[1]}/device")
	SCSI_HOST=${SCSI_HOST##*/}
	SCSI_HOST=${SCSI_HOST%%:*}
	put 1 "/sys/block/${P[1]}/device/delete"
}
heal_device_delete() { put "- - -" "/sys/class/scsi_host/host$SCSI_HOST/scan"; }

fault_alua_standby() { lio_alua 1 standby; }
fault_alua_unavailable() { lio_alua 1 unavailable; }
heal_alua_standby() { lio_alua 1 active/optimized; }
heal_alua_unavailable() { lio_alua 1 active/optimized; }

fault_alua_transitioning()
{
	lio_group 1 trans_delay_msecs "$FAULT_MS"
	lio_alua 1 active/non-optimized &
	TRANSITION=$!
}
heal_alua_transitioning()
{
	wait "$TRANSITION"
	lio_group 1 trans_delay_msecs 0
}

fault_lun_unmapped() { lio_unmap 1 "$LUN"; }
heal_lun_unmapped() { lio_map 1 "$LUN" "$LUN"; }

fault_lun_remapped() { lio_map 1 2 "$LUN"; }
heal_lun_remapped() { lio_map 1 "$LUN" "$LUN"; }

fault_grown() { hostile_resize $((16 << 11)); }
heal_grown() { :; }
fault_shrunk() { hostile_resize $((4 << 11)); }
heal_shrunk() { hostile_resize $((8 << 11)); }

hostile_resize()
{
	hostile unit "$LUN" blocks "$1" >/dev/null
	hostile attention '*' "$LUN" 2a 09 >/dev/null
}

fault_read_only()
{
	hostile unit "$LUN" protected 1 >/dev/null
	hostile attention '*' "$LUN" 2a 01 >/dev/null
}
heal_read_only()
{
	hostile unit "$LUN" protected 0 >/dev/null
	hostile attention '*' "$LUN" 2a 01 >/dev/null
}
