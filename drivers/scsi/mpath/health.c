// SPDX-License-Identifier: GPL-2.0
/*
 * Suspect paths. A path that failed I/O gets none until a probe has passed;
 * probes start after a second and back off. A path that passes its probe and
 * fails its next I/O again waits longer each time. A path whose I/O succeeds
 * is never probed.
 */
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

#define PROBE_FIRST_SECS	1
#define PROBE_MAX_SECS		20
#define STRIKES_MAX_SECS	300

static unsigned int first_probe_delay(const struct scsi_mpath_path *path)
{
	unsigned int strikes = min(path->strikes, 16u);

	return min_t(unsigned int, PROBE_FIRST_SECS << strikes,
		     STRIKES_MAX_SECS);
}

/*
 * The first bio that fails makes the path suspect; those behind it find it so.
 * If no I/O has succeeded since the last probe, the probe has been lied to,
 * unless it is only the connection that was lost again.
 */
void scsi_mpath_suspect(struct scsi_mpath_path *path, blk_status_t status)
{
	if (test_and_set_bit(PATH_SUSPECT, &path->flags))
		return;

	if (!test_and_clear_bit(PATH_TRIAL, &path->flags))
		path->strikes = 0;
	else if (path_is_running(path))
		path->strikes++;
	path->probe_delay = first_probe_delay(path);

	pr_warn_ratelimited("%s: path %s failed I/O (%pe), not used until it passes a probe\n",
			    path->lu->head->disk->disk_name, path_name(path),
			    ERR_PTR(blk_status_to_errno(status)));
	mpath_clear_current_path(&path->mdev);
	mpath_path_changed(path->lu->head);
	queue_delayed_work(scsi_mpath_wq, &path->probe_work,
			   path->probe_delay * HZ);
}

/* A suspect path has come back: do not wait for the next probe. */
void scsi_mpath_probe_now(struct scsi_mpath_path *path)
{
	if (test_bit(PATH_SUSPECT, &path->flags) &&
	    !test_bit(PATH_RETIRING, &path->flags))
		mod_delayed_work(scsi_mpath_wq, &path->probe_work, 0);
}

/*
 * The unit answered, so the way to it works. That its port is in standby is
 * for the ALUA engine, and a reservation is for the caller of the I/O.
 */
static bool is_answer(int result, const struct scsi_sense_hdr *sshdr)
{
	if (result < 0 || host_byte(result) != DID_OK)
		return false;
	if (!result || (result & 0xff) == SAM_STAT_RESERVATION_CONFLICT)
		return true;
	return scsi_sense_valid(sshdr) && sshdr->sense_key == NOT_READY &&
	       sshdr->asc == 0x04 && sshdr->ascq >= 0x0a && sshdr->ascq <= 0x0c;
}

static bool probe_passes(struct scsi_mpath_path *path)
{
	static const u8 tur[6] = { TEST_UNIT_READY };
	struct scsi_sense_hdr sshdr = {};
	int result;

	result = scsi_mpath_command(path->sdev, tur, NULL, 0, NULL, &sshdr);
	return is_answer(result, &sshdr);
}

static void reinstate(struct scsi_mpath_path *path)
{
	struct mpath_head *head = path->lu->head;

	scsi_mpath_alua_refresh(path->lu);
	set_bit(PATH_TRIAL, &path->flags);
	/* What the path is ranked by must be seen before it is used. */
	smp_mb__before_atomic();
	clear_bit(PATH_SUSPECT, &path->flags);
	pr_info("%s: path %s passed its probe\n", head->disk->disk_name,
		path_name(path));
	mpath_clear_paths(head);
	mpath_path_changed(head);
}

static void probe_again(struct scsi_mpath_path *path)
{
	if (!test_bit(PATH_RETIRING, &path->flags))
		queue_delayed_work(scsi_mpath_wq, &path->probe_work,
				   path->probe_delay * HZ);
}

/*
 * A path that is not running is not probed: the command would fail, or wait
 * as long as the transport blocks the device. The watch starts the probe when
 * it sees the path run again; one that stops and runs too fast for the watch
 * is probed when its time comes.
 */
void scsi_mpath_probe_work(struct work_struct *work)
{
	struct scsi_mpath_path *path =
		container_of(work, struct scsi_mpath_path, probe_work.work);

	if (!path_is_running(path)) {
		probe_again(path);
	} else if (probe_passes(path)) {
		reinstate(path);
	} else {
		if (path->probe_delay < PROBE_MAX_SECS)
			path->probe_delay = min(path->probe_delay * 2,
						PROBE_MAX_SECS);
		probe_again(path);
	}
}
