// SPDX-License-Identifier: GPL-2.0
/*
 * SG_IO on a unit's disk goes down one path, and is not tried on another: who
 * sends a command by hand wants its answer. Commands that are about the I_T
 * nexus they come by cannot be meant for one path of many.
 */
#include <linux/uaccess.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/scsi_proto.h>
#include <scsi/sg.h>

#include "scsi_mpath.h"

/* SPC-4 5.12, and the older way of SPC-2 5.5. */
static bool is_reservation(u8 opcode)
{
	switch (opcode) {
	case PERSISTENT_RESERVE_OUT:
	case RESERVE_6:
	case RELEASE_6:
	case RESERVE_10:
	case RELEASE_10:
		return true;
	default:
		return false;
	}
}

/*
 * A path that was idle may lead to another unit by now, which would be reserved, and
 * sd repeats a command that a unit attention has ended. However little it was idle:
 * nobody is waiting but who asks for the reservation.
 */
bool scsi_mpath_may_reserve(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	return scsi_mpath_speaks_for_unit(path->lu, path);
}

/*
 * The command is read again when it is sent. Who changes it in between finds
 * out what a reservation of one path is like, but needed the right to send it.
 */
int scsi_mpath_ioctl_check(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg)
{
	struct sg_io_hdr hdr;
	u8 opcode;

	if (!scsi_mpath_may_ioctl(to_path(mdev)))
		return -EPROBE_DEFER;
	if (cmd != SG_IO)
		return 0;
	if (get_sg_io_hdr(&hdr, (void __user *)arg))
		return -EFAULT;
	if (!hdr.cmd_len)
		return 0;
	if (copy_from_user(&opcode, hdr.cmdp, sizeof(opcode)))
		return -EFAULT;
	if (!is_reservation(opcode))
		return 0;
	pr_notice_ratelimited("%s: a reservation by SG_IO would be one path's, use blkpr\n",
			      mdev->mpath_head->disk->disk_name);
	return -EOPNOTSUPP;
}
