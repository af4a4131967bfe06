// SPDX-License-Identifier: GPL-2.0
/*
 * Which disks are paths, and to which unit.
 *
 * The designator is the one scsi_vpd_lun_id() ranks first among those of VPD
 * page 0x83 with the logical unit as their association (SPC-4 7.7.3): the
 * same for every target port of the unit, and unique among units.
 */
#include <linux/string.h>

#include "scsi_mpath.h"

/* Hosts whose disks cannot have a second path. */
static const char * const single_path_hosts[] = {
	"usb-storage", "uas", "ufshcd",
};

static bool has_one_path_only(const struct scsi_device *sdev)
{
	const char *host = sdev->host->hostt->proc_name;
	int i;

	/* SAT gives every translated ATA device this vendor. */
	if (!strncmp(sdev->vendor, "ATA     ", 8))
		return true;
	for (i = 0; host && i < ARRAY_SIZE(single_path_hosts); i++)
		if (!strcmp(host, single_path_hosts[i]))
			return true;
	return false;
}

/**
 * scsi_mpath_refusal() - shall this disk be a path?
 * @sdev: the disk
 * @id: where the designator of its unit goes
 * @len: room in @id
 *
 * Context: process context.
 * Return: NULL if it shall, or why not; an empty string if there is nothing an
 * admin would want to know.
 */
const char *scsi_mpath_refusal(struct scsi_device *sdev, char *id, size_t len)
{
	bool always = scsi_mpath_mode == SCSI_MPATH_ALWAYS;

	if (scsi_mpath_mode == SCSI_MPATH_OFF)
		return "";
	if (!always && (has_one_path_only(sdev) || !scsi_device_tpgs(sdev)))
		return "";
	if (scsi_vpd_lun_id(sdev, id, len) <= 0 || !id[0])
		return "no unique id in VPD page 0x83";
	if (scsi_mpath_is_excluded(id, sdev))
		return "excluded by parameter";
	return NULL;
}
