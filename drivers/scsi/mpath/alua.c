// SPDX-License-Identifier: GPL-2.0
/*
 * Follows the asymmetric access states of a unit's target port groups.
 *
 * One REPORT TARGET PORT GROUPS through any path answers for all of them. It is
 * sent when sense data says that something changed, when a path comes back,
 * while a group is transitioning, and every now and then, as iSCSI has nothing
 * that would report a change to an idle initiator.
 */
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

#define RTPG_FIRST_LEN		1024
#define RTPG_MAX_LEN		(64 * 1024)

/* PARAMETER DATA FORMAT: extended header, SPC-4 6.27 */
#define RTPG_EXTENDED		0x20

/*
 * How long a group may be transitioning when the target gives no time: the
 * longest one it could give.
 */
#define TRANSITION_MAX_SECS	255

/* When to look again while a group is transitioning. */
#define TRANSITION_POLL		(HZ / 5)

/*
 * And while one takes no I/O: its ports get no command that could return the
 * unit attention condition of its way back.
 */
#define INACTIVE_POLL_SECS	10u

/* And where sense data goes to another device handler. */
#define UNWATCHED_POLL_SECS	5u

const char * const scsi_mpath_alua_names[16] = {
	[ALUA_OPTIMIZED] = "active/optimized",
	[ALUA_NONOPTIMIZED] = "active/non-optimized",
	[ALUA_STANDBY] = "standby",
	[ALUA_UNAVAILABLE] = "unavailable",
	[ALUA_LBA_DEPENDENT] = "lba-dependent",
	[ALUA_OFFLINE] = "offline",
	[ALUA_TRANSITIONING] = "transitioning",
};

/* Returns how many bytes came, or -EIO. */
static int send_rtpg(struct scsi_device *sdev, u8 *buf, unsigned int len,
		     bool extended, struct scsi_sense_hdr *sshdr)
{
	u8 cdb[12] = { MAINTENANCE_IN, MI_REPORT_TARGET_PGS };
	unsigned int got;

	if (extended)
		cdb[1] |= RTPG_EXTENDED;
	put_unaligned_be32(len, &cdb[6]);
	if (scsi_mpath_command(sdev, cdb, buf, len, &got, sshdr))
		return -EIO;
	return got;
}

/* In SPC-3 the format bits were reserved, and a target may refuse them. */
static int send_rtpg_any(struct scsi_mpath_lu *lu, struct scsi_device *sdev,
			 u8 *buf, unsigned int len)
{
	struct scsi_sense_hdr sshdr = {};
	int got;

	lockdep_assert_held(&lu->rtpg_lock);
	got = send_rtpg(sdev, buf, len, !lu->rtpg_plain, &sshdr);
	if (got < 0 && !lu->rtpg_plain && scsi_sense_valid(&sshdr) &&
	    sshdr.sense_key == ILLEGAL_REQUEST) {
		got = send_rtpg(sdev, buf, len, false, &sshdr);
		lu->rtpg_plain = got >= 0;
	}
	return got;
}

/*
 * Asks through one device. Returns 0 and a report whose buffer the caller
 * frees, or a negative error. A target with more groups than fit is asked
 * again with more room, up to a limit: it is the target that says how much.
 */
static int read_report(struct scsi_mpath_lu *lu, struct scsi_device *sdev,
		       struct alua_report *report)
{
	unsigned int len = RTPG_FIRST_LEN;
	int got;
	u8 *buf;

	for (;;) {
		buf = kzalloc(len, GFP_NOIO);
		if (!buf)
			return -ENOMEM;
		got = send_rtpg_any(lu, sdev, buf, len);
		if (got < 0 || !alua_open_report(report, buf, got)) {
			kfree(buf);
			return -EIO;
		}
		if (report->needed <= len || len == RTPG_MAX_LEN)
			return 0;
		kfree(buf);
		len = min_t(size_t, report->needed, RTPG_MAX_LEN);
	}
}

/*
 * A transition that takes longer than the target said it may counts as
 * standby: I/O is not kept waiting for it.
 */
static u8 bound_transition(struct scsi_mpath_path *path, u8 state, u8 secs)
{
	if (state != ALUA_TRANSITIONING) {
		path->transition_end = 0;
		return state;
	}
	if (!path->transition_end)
		path->transition_end =
			(jiffies + (secs ?: TRANSITION_MAX_SECS) * HZ) ?: 1;
	return time_before(jiffies, path->transition_end) ?
		       ALUA_TRANSITIONING : ALUA_STANDBY;
}

static void set_group(struct scsi_mpath_path *path,
		      const struct alua_group *group, u8 transition_secs)
{
	u8 state = bound_transition(path, group->state, transition_secs);

	path->rtpg_round = path->lu->rtpg_round;
	if (state != path->alua_state)
		pr_info("%s: path %s is %s\n", path->lu->head->disk->disk_name,
			path_name(path),
			scsi_mpath_alua_names[state] ?: "in an unknown state");
	WRITE_ONCE(path->alua_state, state);
	path->pref = group->pref;
	WRITE_ONCE(path->sdev->access_state,
		   state | (group->pref ? SCSI_ACCESS_STATE_PREFERRED : 0));
	path->seen_access_state = path->sdev->access_state;
}

static void apply_report(struct scsi_mpath_lu *lu, struct alua_report *report)
{
	struct scsi_mpath_path *path;
	struct alua_group group;

	mutex_lock(&lu->lock);
	while (alua_next_group(report, &group))
		list_for_each_entry(path, &lu->paths, lu_entry)
			if (path->tpg == group.id)
				set_group(path, &group,
					  report->transition_secs);
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);
}

/*
 * The next path to ask in this round: one that has ALUA, runs, and whose group
 * no report has told of yet; rather one that is not suspect. Returns it with a
 * reference, or NULL.
 */
static struct scsi_mpath_path *next_to_ask(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path, *best = NULL;

	lockdep_assert_held(&lu->rtpg_lock);
	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (path->tpg < 0 || path->rtpg_round == lu->rtpg_round ||
		    test_bit(PATH_RETIRING, &path->flags) ||
		    !path_is_running(path))
			continue;
		if (!best || (test_bit(PATH_SUSPECT, &best->flags) &&
			      !test_bit(PATH_SUSPECT, &path->flags)))
			best = path;
	}
	if (best) {
		best->rtpg_round = lu->rtpg_round;
		kref_get(&best->ref);
	}
	mutex_unlock(&lu->lock);
	return best;
}

/**
 * scsi_mpath_alua_refresh() - learn the states of all target port groups now
 * @lu: the unit
 *
 * One report usually tells of all groups. Where a path does not answer, or its
 * report leaves a group out, a path that is still in the dark is asked as well.
 * What nobody tells of stays as it was.
 *
 * Context: process context; sleeps as long as each path takes to answer.
 */
void scsi_mpath_alua_refresh(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;
	struct alua_report report;

	mutex_lock(&lu->rtpg_lock);
	lu->rtpg_round++;
	while ((path = next_to_ask(lu))) {
		if (!read_report(lu, path->sdev, &report)) {
			apply_report(lu, &report);
			kfree(report.buf);
		}
		scsi_mpath_put_path(path);
	}
	mutex_unlock(&lu->rtpg_lock);
}

static unsigned long next_poll(struct scsi_mpath_lu *lu)
{
	unsigned int secs = READ_ONCE(scsi_mpath_poll_secs);
	struct scsi_mpath_path *path;
	bool transitioning = false;

	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (path->alua_state == ALUA_TRANSITIONING)
			transitioning = true;
		else if (!alua_state_is_active(path->alua_state))
			secs = min(secs, INACTIVE_POLL_SECS);
		if (path->tpg >= 0 && !path->watched)
			secs = min(secs, UNWATCHED_POLL_SECS);
	}
	mutex_unlock(&lu->lock);
	return transitioning ? TRANSITION_POLL : secs * HZ;
}

void scsi_mpath_alua_work(struct work_struct *work)
{
	struct scsi_mpath_lu *lu =
		container_of(work, struct scsi_mpath_lu, alua_work.work);

	scsi_mpath_alua_refresh(lu);
	queue_delayed_work(scsi_mpath_wq, &lu->alua_work, next_poll(lu));
}

/**
 * scsi_mpath_alua_request() - ask for the states soon
 * @lu: the unit
 *
 * Requests that come before the answer to an earlier one are one.
 *
 * Context: any, interrupts included.
 */
void scsi_mpath_alua_request(struct scsi_mpath_lu *lu)
{
	mod_delayed_work(scsi_mpath_wq, &lu->alua_work, 0);
}

/*
 * The state that sense data tells of the port it came through, -1 if it tells
 * none. SPC-4 5.9.2.4: LOGICAL UNIT NOT ACCESSIBLE, ASYMMETRIC ACCESS STATE
 * TRANSITION; ..., TARGET PORT IN STANDBY STATE; ... IN UNAVAILABLE STATE.
 */
static int state_in_sense(const struct scsi_sense_hdr *sshdr)
{
	if (sshdr->asc != 0x04)
		return -1;
	switch (sshdr->ascq) {
	case 0x0a:
		return ALUA_TRANSITIONING;
	case 0x0b:
		return ALUA_STANDBY;
	case 0x0c:
		return ALUA_UNAVAILABLE;
	default:
		return -1;
	}
}

/* May the states have changed, if a unit attention condition says this? */
static bool calls_for_rtpg(const struct scsi_sense_hdr *sshdr)
{
	switch (sshdr->asc) {
	case 0x29:	/* POWER ON, RESET, OR ... NEXUS LOSS OCCURRED */
		return true;
	case 0x2a:	/* ASYMMETRIC ACCESS STATE CHANGED, TRANSITION FAILED */
		return sshdr->ascq == 0x06 || sshdr->ascq == 0x07;
	case 0x3f:	/* INQUIRY DATA, REPORTED LUNS DATA HAS CHANGED */
		return sshdr->ascq == 0x03 || sshdr->ascq == 0x0e;
	default:
		return false;
	}
}

/*
 * The port this came through gets no I/O from now on. The RTPG that follows
 * has the last word.
 */
static void port_left_active_state(struct scsi_mpath_path *path, u8 state)
{
	WRITE_ONCE(path->alua_state, state);
	WRITE_ONCE(path->sdev->access_state, state);
	WRITE_ONCE(path->mdev.access_state, MPATH_STATE_OTHER);
	mpath_clear_current_path(&path->mdev);
	mpath_path_changed(path->mdev.mpath_head);
	scsi_mpath_alua_request(path->lu);
}

/* Called for each sense data of a claimed path, in interrupt context. */
void scsi_mpath_sense(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr)
{
	struct scsi_mpath_path *path =
		container_of(watcher, struct scsi_mpath_path, watcher);
	int state;

	if (sshdr->sense_key != NOT_READY && sshdr->sense_key != UNIT_ATTENTION)
		return;
	state = state_in_sense(sshdr);
	if (state >= 0)
		port_left_active_state(path, state);
	else if (sshdr->sense_key == UNIT_ATTENTION && calls_for_rtpg(sshdr))
		scsi_mpath_alua_request(path->lu);
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_sense_kunit.c"
#endif
