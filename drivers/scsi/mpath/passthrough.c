// SPDX-License-Identifier: GPL-2.0
/*
 * SG_IO on a unit's disk goes down one path, and what the unit answers is for who
 * sent it. A command that was lost with its path is sent down another one, if it
 * does no harm when it is done twice. Commands that are about the I_T nexus they
 * come by cannot be meant for one path of many.
 */
#include <linux/cdrom.h>
#include <linux/uaccess.h>
#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_eh.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/scsi_proto.h>
#include <scsi/sg.h>

#include "judge.h"
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

/* Returns the length of the command, or an error. */
static int read_command(unsigned long arg, struct sg_io_hdr *hdr, u8 *opcode)
{
	if (get_sg_io_hdr(hdr, (void __user *)arg))
		return -EFAULT;
	if (hdr->cmd_len && copy_from_user(opcode, hdr->cmdp, sizeof(*opcode)))
		return -EFAULT;
	return hdr->cmd_len;
}

/* A reservation could be sent by these, too. Who uses SCSI disks has SG_IO. */
static bool is_older_way(unsigned int cmd)
{
	return cmd == SCSI_IOCTL_SEND_COMMAND || cmd == CDROM_SEND_PACKET;
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
	int len;

	if (is_older_way(cmd))
		return -ENOTTY;
	if (!scsi_mpath_may_ioctl(to_path(mdev)))
		return -EPROBE_DEFER;
	if (cmd != SG_IO)
		return 0;
	len = read_command(arg, &hdr, &opcode);
	if (len <= 0)
		return len;
	if (!is_reservation(opcode))
		return 0;
	pr_notice_ratelimited("%s: a reservation by SG_IO would be one path's, use blkpr\n",
			      mdev->mpath_head->disk->disk_name);
	return -EOPNOTSUPP;
}

/* What reads, or writes what was there already the second time. */
static bool may_be_done_twice(u8 opcode)
{
	switch (opcode) {
	case TEST_UNIT_READY:
	case INQUIRY:
	case MODE_SENSE:
	case MODE_SENSE_10:
	case LOG_SENSE:
	case READ_CAPACITY:
	case REPORT_LUNS:
	case PERSISTENT_RESERVE_IN:
	case MAINTENANCE_IN:
	case SERVICE_ACTION_IN_16:
	case READ_6:
	case READ_10:
	case READ_12:
	case READ_16:
	case VERIFY:
	case VERIFY_16:
	case WRITE_6:
	case WRITE_10:
	case WRITE_12:
	case WRITE_16:
	case WRITE_SAME:
	case WRITE_SAME_16:
	case UNMAP:
	case SYNCHRONIZE_CACHE:
	case SYNCHRONIZE_CACHE_16:
		return true;
	default:
		return false;
	}
}

/* A time-out is no loss: whoever sent the command has set it. */
static bool is_lost(unsigned int host_status)
{
	switch (host_status) {
	case DID_NO_CONNECT:
	case DID_TRANSPORT_DISRUPTED:
	case DID_TRANSPORT_FAILFAST:
		return true;
	default:
		return false;
	}
}

static bool read_sense(const struct sg_io_hdr *hdr, struct scsi_mpath_end *end)
{
	u8 sense[SCSI_SENSE_BUFFERSIZE];
	unsigned int len = min_t(unsigned int, hdr->sb_len_wr, sizeof(sense));
	struct scsi_sense_hdr sshdr;

	if (hdr->status != SAM_STAT_CHECK_CONDITION ||
	    copy_from_user(sense, hdr->sbp, len) ||
	    !scsi_normalize_sense(sense, len, &sshdr) ||
	    scsi_sense_is_deferred(&sshdr))
		return false;
	*end = (struct scsi_mpath_end) {
		.status = hdr->status,
		.key = sshdr.sense_key,
		.asc = sshdr.asc,
		.ascq = sshdr.ascq,
	};
	return true;
}

/*
 * Has the port, or whatever is there now, refused what the unit might do? A port's
 * state is known, where its sense data is seen; all else is for the path to answer
 * for, or the policy would choose it again.
 */
static bool is_turned_away(struct scsi_mpath_path *path,
			   const struct sg_io_hdr *hdr)
{
	struct scsi_mpath_end end;

	if (!read_sense(hdr, &end))
		return false;
	switch (scsi_mpath_judge(&end)) {
	case VERDICT_REQUEUE:
		if (path->watched)
			return true;
		fallthrough;
	case VERDICT_FAILOVER:
		scsi_mpath_blame(path, SCSI_MPATH_SENSE,
				 scsi_mpath_sense_of(&end));
		return true;
	default:
		return false;
	}
}

/* What the SCSI core has made of the command is in the sender's own memory. */
bool scsi_mpath_ioctl_again(struct mpath_device *mdev, unsigned int cmd,
			    unsigned long arg)
{
	struct scsi_mpath_path *path = to_path(mdev);
	struct sg_io_hdr hdr;
	u8 opcode;

	if (cmd != SG_IO || read_command(arg, &hdr, &opcode) <= 0)
		return false;
	if (!is_lost(hdr.host_status))
		return is_turned_away(path, &hdr);
	scsi_mpath_blame(path, SCSI_MPATH_TRANSPORT, 0);
	return may_be_done_twice(opcode);
}
