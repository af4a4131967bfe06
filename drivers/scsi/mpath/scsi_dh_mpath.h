/* SPDX-License-Identifier: GPL-2.0 */
/* The device handler "mpath": lets scsi_mpath see sense data, and what it is about. */
#ifndef _SCSI_DH_MPATH_H
#define _SCSI_DH_MPATH_H

#include <linux/blk_types.h>

struct scsi_device;
struct scsi_sense_hdr;

#define SCSI_DH_MPATH_NAME	"mpath"

/* In the place of a request: the handler refused it, nothing was sent. */
#define SCSI_DH_MPATH_REFUSED	((void *)1)

/**
 * struct scsi_dh_mpath_watcher - who wants to see a device's sense data
 * @sense: called for every sense data of the device, in interrupt context,
 *	under RCU
 * @end_io: by this its bios are known. In bi_private of each is left the request
 *	it is sent with, whole, or %SCSI_DH_MPATH_REFUSED; NULL if neither is known
 * @flags: where it says what it thinks of the device
 * @refuse: while one of these bits of @flags is set, nothing that came through a
 *	multipath head is sent
 */
struct scsi_dh_mpath_watcher {
	void (*sense)(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr);
	bio_end_io_t *end_io;
	const unsigned long *flags;
	unsigned long refuse;
};

int scsi_dh_mpath_watch(struct scsi_device *sdev,
			struct scsi_dh_mpath_watcher *watcher);
void scsi_dh_mpath_unwatch(struct scsi_device *sdev);

#endif /* _SCSI_DH_MPATH_H */
