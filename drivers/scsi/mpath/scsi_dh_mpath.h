/* SPDX-License-Identifier: GPL-2.0 */
/* The device handler "mpath": lets scsi_mpath see sense data. */
#ifndef _SCSI_DH_MPATH_H
#define _SCSI_DH_MPATH_H

struct scsi_device;
struct scsi_sense_hdr;

#define SCSI_DH_MPATH_NAME	"mpath"

/**
 * struct scsi_dh_mpath_watcher - who wants to see a device's sense data
 * @sense: called for every sense data of the device, in interrupt context,
 *	under RCU
 */
struct scsi_dh_mpath_watcher {
	void (*sense)(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr);
};

int scsi_dh_mpath_watch(struct scsi_device *sdev,
			struct scsi_dh_mpath_watcher *watcher);
void scsi_dh_mpath_unwatch(struct scsi_device *sdev);

#endif /* _SCSI_DH_MPATH_H */
