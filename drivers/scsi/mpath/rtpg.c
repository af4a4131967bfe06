// SPDX-License-Identifier: GPL-2.0
/*
 * When to ask for the states of a unit's target port groups, and through which
 * path.
 *
 * One REPORT TARGET PORT GROUPS through any path answers for all of them. It is
 * sent when sense data says that something changed, when a path comes back,
 * while a group is transitioning or I/O waits for one, and every now and then,
 * as iSCSI has nothing that would report a change to an idle initiator.
 *
 * After a controller failover every unit of an array wants to ask. Each does
 * so once at a time, through the port that has the fewest to answer, and no
 * port has more than a few.
 *
 * A path that is new, or back, asks through itself and for itself, and waits for
 * nobody: a round may be waiting for the answer of a port that is dead.
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
 * A change is reported on every I_T nexus, to the first command there. Those
 * that come this soon after a report was asked for are one.
 */
#define REQUEST_GAP		(HZ / 20)

/*
 * When to look again while a group is transitioning, or a path has not been
 * heard of: after a part of the time that has passed, within limits. I/O may be
 * waiting for the end of a transition, and waits that part longer.
 */
#define TRANSITION_POLL_PART	64
#define UNHEARD_POLL_PART	2
#define TRANSITION_POLL_MIN	(HZ / 10)
#define TRANSITION_POLL_MAX	HZ
#define UNHEARD_POLL_MIN	(HZ / 2)

/*
 * And while I/O waits and no group takes it: nothing is sent to the ports that
 * could bring the unit attention condition of their way back.
 */
#define HELD_POLL_PART		64
#define HELD_POLL_MIN		(HZ / 2)
#define HELD_POLL_MAX		(2 * HZ)

/*
 * And while one takes no I/O: its ports get no command that could return the
 * unit attention condition of its way back.
 */
#define INACTIVE_POLL_SECS	10u

/* Takes over what a report says that came through a path. */
typedef void apply_fn(struct scsi_mpath_lu *lu, struct scsi_mpath_path *asked,
		      const struct alua_report *report);

static int send_rtpg(struct scsi_device *sdev, u8 *buf, unsigned int len,
		     bool extended, struct scsi_mpath_answer *answer)
{
	u8 cdb[12] = { MAINTENANCE_IN, MI_REPORT_TARGET_PGS };

	if (extended)
		cdb[1] |= RTPG_EXTENDED;
	put_unaligned_be32(len, &cdb[6]);
	return scsi_mpath_read(sdev, cdb, buf, len, answer);
}

/*
 * In SPC-3 the format bits were reserved, and a target may refuse them.
 * Returns how many bytes came, or -EIO; *@attentions counts on.
 */
static int send_rtpg_any(struct scsi_mpath_lu *lu, struct scsi_device *sdev,
			 u8 *buf, unsigned int len, unsigned int *attentions)
{
	bool extended = !READ_ONCE(lu->rtpg_plain);
	struct scsi_mpath_answer answer;
	int result;

	result = send_rtpg(sdev, buf, len, extended, &answer);
	*attentions += answer.attentions;
	if (extended && scsi_mpath_is_refused(result, &answer)) {
		result = send_rtpg(sdev, buf, len, false, &answer);
		*attentions += answer.attentions;
		if (!result)
			WRITE_ONCE(lu->rtpg_plain, true);
	}
	return result ? -EIO : answer.len;
}

/*
 * Asks through one device. Returns 0 and a report whose buffer the caller
 * frees, or a negative error. A target with more groups than fit is asked
 * again with more room, up to a limit: it is the target that says how much. It
 * gets twice that: groups may come up meanwhile, and LIO, which forgets the
 * extended header when it counts, leaves out a group rather than to cut it.
 */
static int read_report(struct scsi_mpath_lu *lu, struct scsi_device *sdev,
		       struct alua_report *report, unsigned int *attentions)
{
	unsigned int len = RTPG_FIRST_LEN;
	int got;
	u8 *buf;

	for (;;) {
		buf = kzalloc(len, GFP_NOIO);
		if (!buf)
			return -ENOMEM;
		got = send_rtpg_any(lu, sdev, buf, len, attentions);
		if (got < 0 || !alua_open_report(report, buf, got)) {
			kfree(buf);
			return -EIO;
		}
		if (report->needed <= len || len == RTPG_MAX_LEN)
			return 0;
		kfree(buf);
		len = min_t(size_t, 2 * report->needed, RTPG_MAX_LEN);
	}
}

/*
 * The change that made us ask is announced on every I_T nexus, this one
 * included, and may be announced to the RTPG itself: that is no news. It is if
 * another command got it while the RTPG was under way, as that may have been
 * answered before the change.
 *
 *	interrupt, scsi_mpath_sense()	here
 *					PATH_ASKED, counts n
 *					RTPG: sent again for own conditions
 *	counts n + own + 1
 *	finds PATH_ASKED, leaves it
 *					clears PATH_ASKED, counts n + own + 1: ask again
 *
 * Who counts after that finds PATH_ASKED clear, and asks by himself.
 *
 * A condition that puts the path in doubt comes before the report does, which
 * may be that of another unit then. An idle path may have got none, so it is asked
 * for its unit when the report is here.
 */
static void ask_once(struct scsi_mpath_lu *lu, struct scsi_mpath_path *path,
		     apply_fn *apply)
{
	struct alua_report report;
	unsigned int own = 0;
	int before, now, ret;

	set_bit(PATH_ASKED, &path->flags);
	/* What is counted already is older than the RTPG. */
	smp_mb__after_atomic();
	before = atomic_read(&path->attentions);
	ret = read_report(lu, path->sdev, &report, &own);
	WRITE_ONCE(path->mute, ret < 0);
	if (!ret) {
		if (scsi_mpath_speaks_for_unit(lu, path))
			apply(lu, path, &report);
		kfree(report.buf);
	}
	clear_bit(PATH_ASKED, &path->flags);
	/* Pairs with the one in scsi_mpath_sense(). */
	smp_mb__after_atomic();
	now = atomic_read(&path->attentions);
	WRITE_ONCE(path->attended, now);
	if (now - before > (int)own)
		scsi_mpath_alua_request(lu);
}

/* Asks through one path, when its port has time for it. */
static void ask(struct scsi_mpath_lu *lu, struct scsi_mpath_path *path,
		struct scsi_mpath_nexus *nexus, apply_fn *apply)
{
	if (down_timeout(&nexus->rtpg_slots, SCSI_MPATH_COMMAND_TIMEOUT))
		return;
	ask_once(lu, path, apply);
	up(&nexus->rtpg_slots);
}

/*
 * A path that may lead to another unit would tell of that one's groups. One on
 * which I/O has failed may, until its probe has said otherwise. One that an admin has
 * taken out of service may have no cable.
 */
static bool is_worth_asking(const struct scsi_mpath_path *path)
{
	return path->tpg >= 0 && path_is_running(path) &&
	       !(READ_ONCE(path->flags) &
		 (BIT(PATH_RETIRING) | BIT(PATH_UNSURE) | BIT(PATH_OUT)));
}

/*
 * Is one path rather to be asked than another, which may be NULL? One that did
 * not answer the last time may keep the round waiting again, and needs not be
 * asked if another one's report tells of it.
 */
static bool is_better_to_ask(const struct scsi_mpath_path *path,
			     const struct scsi_mpath_path *than)
{
	if (!than)
		return true;
	if (READ_ONCE(path->mute) != READ_ONCE(than->mute))
		return READ_ONCE(than->mute);
	return atomic_read(&path->nexus->rtpgs) <
	       atomic_read(&than->nexus->rtpgs);
}

/*
 * The next path to ask in this round: one whose group no report has told of
 * yet. Returns it with a reference and counted on its nexus, or NULL.
 */
static struct scsi_mpath_path *next_to_ask(struct scsi_mpath_lu *lu,
					   struct scsi_mpath_nexus **nexus)
{
	struct scsi_mpath_path *path, *best = NULL;

	lockdep_assert_held(&lu->rtpg_lock);
	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (is_worth_asking(path) && path->asked != lu->rtpg_round &&
		    path->told != lu->rtpg_round &&
		    is_better_to_ask(path, best))
			best = path;
	if (best) {
		best->asked = lu->rtpg_round;
		kref_get(&best->ref);
		*nexus = best->nexus;
		kref_get(&best->nexus->ref);
		atomic_inc(&best->nexus->rtpgs);
	}
	mutex_unlock(&lu->lock);
	return best;
}

/*
 * One report usually tells of all groups. Where a path does not answer, or its
 * report leaves a group out, a path that is still in the dark is asked as well.
 * What nobody tells of stays as it was.
 */
static void ask_round(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_nexus *nexus;
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->rtpg_lock);
	WRITE_ONCE(lu->rtpg_start, jiffies);
	mutex_lock(&lu->lock);
	lu->rtpg_round++;
	mutex_unlock(&lu->lock);
	while ((path = next_to_ask(lu, &nexus))) {
		ask(lu, path, nexus, scsi_mpath_apply_report);
		atomic_dec(&nexus->rtpgs);
		scsi_mpath_release_nexus(nexus);
		scsi_mpath_put_path(path);
	}
	scsi_mpath_end_round(lu);
}

/**
 * scsi_mpath_alua_ask() - learn the state of a path's target port group now
 * @path: a claimed path
 *
 * Nothing is asked if it does not run, is in doubt, or has no group. What the
 * report says of other paths is left to the rounds: one that is under way may
 * have been answered before this was, and be read after it.
 *
 *	here				a round
 *					RTPG through a dead port
 *	RTPG through @path
 *	told of in this round
 *					its time is over; @path needs not be asked
 *
 * The caller asks for a round when the path is used, as it may have to be
 * activated, or have left another state of the unit behind.
 *
 * Context: process context; sleeps as long as the path takes to answer.
 */
void scsi_mpath_alua_ask(struct scsi_mpath_path *path)
{
	struct scsi_mpath_nexus *nexus = path->nexus;

	if (!is_worth_asking(path))
		return;
	atomic_inc(&nexus->rtpgs);
	ask(path->lu, path, nexus, scsi_mpath_apply_own);
	atomic_dec(&nexus->rtpgs);
}

/* What the next poll depends on. */
struct outlook {
	bool		transitioning;
	bool		unheard;
	unsigned int	secs;
};

static void look_at_path(const struct scsi_mpath_path *path,
			 struct outlook *outlook)
{
	if (path->alua_state == ALUA_TRANSITIONING)
		outlook->transitioning = true;
	else if (!alua_state_is_active(path->alua_state))
		outlook->secs = min(outlook->secs, INACTIVE_POLL_SECS);
	if (path->tpg >= 0 && !path->watched)
		outlook->secs = min(outlook->secs, SCSI_MPATH_UNWATCHED_SECS);
	if (is_worth_asking(path) && path->told != path->lu->rtpg_round)
		outlook->unheard = true;
}

/* A part of the time for which things have not been settled. */
static unsigned long poll_again(struct scsi_mpath_lu *lu, unsigned int part,
				unsigned long shortest, unsigned long longest)
{
	if (!lu->unsettled_since)
		lu->unsettled_since = jiffies ?: 1;
	return clamp((jiffies - lu->unsettled_since) / part, shortest, longest);
}

static unsigned long next_poll(struct scsi_mpath_lu *lu)
{
	struct outlook outlook = { .secs = READ_ONCE(scsi_mpath_poll_secs) };
	struct scsi_mpath_path *path;

	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		look_at_path(path, &outlook);
	mutex_unlock(&lu->lock);

	if (outlook.transitioning)
		return poll_again(lu, TRANSITION_POLL_PART,
				  TRANSITION_POLL_MIN, TRANSITION_POLL_MAX);
	if (mpath_holds_io(lu->head))
		return poll_again(lu, HELD_POLL_PART, HELD_POLL_MIN,
				  HELD_POLL_MAX);
	if (outlook.unheard)
		return poll_again(lu, UNHEARD_POLL_PART, UNHEARD_POLL_MIN,
				  max(outlook.secs * HZ, UNHEARD_POLL_MIN));
	lu->unsettled_since = 0;
	return min(outlook.secs * HZ, scsi_mpath_activation_delay(lu));
}

/*
 * Where no group takes I/O, and the unit leaves it to its initiators to change
 * that, one is activated.
 */
void scsi_mpath_alua_work(struct work_struct *work)
{
	struct scsi_mpath_lu *lu =
		container_of(work, struct scsi_mpath_lu, alua_work.work);

	scsi_mpath_ask_due(lu);
	mutex_lock(&lu->rtpg_lock);
	ask_round(lu);
	if (scsi_mpath_activate(lu))
		ask_round(lu);
	mutex_unlock(&lu->rtpg_lock);
	queue_delayed_work(scsi_mpath_wq, &lu->alua_work, next_poll(lu));
}

/**
 * scsi_mpath_alua_request() - ask for the states soon
 * @lu: the unit
 *
 * At once, unless that has just been done.
 *
 * Context: any, interrupts included.
 */
void scsi_mpath_alua_request(struct scsi_mpath_lu *lu)
{
	unsigned long due = READ_ONCE(lu->rtpg_start) + REQUEST_GAP;
	unsigned long now = jiffies;

	mod_delayed_work(scsi_mpath_wq, &lu->alua_work,
			 time_in_range(due, now, now + REQUEST_GAP) ?
				 due - now : 0);
}
