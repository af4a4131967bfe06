// SPDX-License-Identifier: GPL-2.0
/*
 * Is a path trusted?
 *
 *	good		gets I/O as its port group deserves
 *	suspect		failed I/O, or swallowed it: gets none until a probe
 *			has passed
 *	probation	passed a probe, but had come back before, and not long
 *			ago: in reserve, gets I/O only if nothing else can take it
 *
 * Probes start after a second and back off. Each return costs twice the
 * probation of the one before, so a path that answers probes and fails I/O,
 * or that flaps, is tried less and less often. A path whose I/O succeeds is
 * never probed, and no path is left aside here that is the last one, if it
 * answers.
 */
#include <linux/blk-mq.h>
#include <linux/part_stat.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

#define PROBE_FIRST_SECS	1
#define PROBE_MAX_SECS		20

/* Where nothing else takes the unit's I/O, the next probe is never far. */
#define PROBE_LAST_RESORT_SECS	2

#define PROBATION_FIRST_SECS	2
#define PROBATION_MAX_SECS	300

/* A path that was trusted for so long, in seconds, starts afresh. */
#define RELAPSE_SECS		300

/*
 * A path that completes nothing, while others do, for so many times what their
 * commands take may have lost what it was given. Between the bounds, in seconds:
 * an array may take a moment, and SCSI's own time-out is 30. The upper one is
 * also for a path beside which no other has anything to do. After half of that
 * time it is asked, and has the other half to answer.
 */
#define OVERDUE_FACTOR		50
#define OVERDUE_MIN_SECS	3
#define OVERDUE_MAX_SECS	15

/* A path that swallowed commands is believed when it had none for so long. */
#define SWALLOWED_SECS		2

/*
 * What sets a device offline so long after one of its commands timed out, in
 * seconds, or after error handling that followed it, is error handling: it
 * waits for an abort, and for resets, first.
 */
#define GIVES_UP_SECS		60

/* In seconds, for a path that is lost now: none if it was trusted for long. */
static unsigned int next_probation(const struct scsi_mpath_health *health)
{
	if (!health->trusted ||
	    time_after(jiffies, health->trusted + RELAPSE_SECS * HZ))
		return 0;
	return clamp(health->probation * 2, PROBATION_FIRST_SECS,
		     PROBATION_MAX_SECS);
}

/**
 * scsi_mpath_suspect() - use a path no more until it has passed a probe
 * @path: the path
 * @cause: why
 *
 * The first bio that fails makes the path suspect; those behind it find it so.
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_suspect(struct scsi_mpath_path *path,
			enum scsi_mpath_cause cause)
{
	struct scsi_mpath_health *health = &path->health;
	struct scsi_mpath_lu *lu = path->lu;
	char reason[SCSI_MPATH_REASON_LEN];

	if (test_and_set_bit(PATH_SUSPECT, &path->flags))
		return;

	health->cause = cause;
	health->blamed_sense = READ_ONCE(health->sense);
	health->probation = next_probation(health);
	health->probe_delay = PROBE_FIRST_SECS;
	scsi_mpath_note_doubt(path);

	scsi_mpath_print_cause(path, reason, sizeof(reason));
	pr_warn_ratelimited("%s: path %s: %s, not used until it passes a probe\n",
			    lu->head->disk->disk_name, path_name(path), reason);
	mpath_clear_current_path(&path->mdev);
	mpath_path_changed(lu->head);
	/* The target may be moving the unit, or wait for being told to. */
	scsi_mpath_alua_request(lu);
	/* What was in reserve may be needed. */
	mod_delayed_work(scsi_mpath_wq, &lu->watch_work, 0);
	queue_delayed_work(scsi_mpath_wq, &health->probe_work,
			   health->probe_delay * HZ);
}

/**
 * scsi_mpath_blame() - a bio failed, and the path is to blame
 * @path: the path it went down
 * @cause: why it failed
 * @sense: if by sense data: key, ASC, ASCQ, a byte each
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_blame(struct scsi_mpath_path *path, enum scsi_mpath_cause cause,
		      u32 sense)
{
	atomic_long_inc(&path->health.errors[cause]);
	/* What is told is what the bio met, not what came through the path since. */
	if (cause == SCSI_MPATH_SENSE)
		WRITE_ONCE(path->health.sense, sense);
	set_bit(PATH_BLAMED, &path->flags);
	scsi_mpath_suspect(path, cause);
}

/**
 * scsi_mpath_passed_lately() - has a probe judged the path not long ago?
 * @path: a claimed path
 *
 * Context: any.
 * Return: true if it was suspect, and is trusted again for less than it takes to
 * start afresh.
 */
bool scsi_mpath_passed_lately(const struct scsi_mpath_path *path)
{
	return next_probation(&path->health);
}

/**
 * scsi_mpath_print_cause() - why a path was suspect last, in words
 * @path: the path
 * @buf: for the words
 * @len: its size
 *
 * Context: any.
 */
void scsi_mpath_print_cause(const struct scsi_mpath_path *path, char *buf,
			    size_t len)
{
	static const char * const words[] = {
		[SCSI_MPATH_TRANSPORT] = "transport error",
		[SCSI_MPATH_TIMEOUT] = "a command timed out",
		[SCSI_MPATH_OVERDUE] = "commands overdue",
	};
	u32 sense = path->health.blamed_sense;

	if (path->health.cause == SCSI_MPATH_SENSE)
		snprintf(buf, len, "sense data %02x/%02x/%02x", sense >> 16,
			 sense >> 8 & 0xff, sense & 0xff);
	else
		strscpy(buf, words[path->health.cause], len);
}

/* The path has come back, or is in doubt: do not wait for the next probe. */
void scsi_mpath_probe_now(struct scsi_mpath_path *path)
{
	unsigned long flags = READ_ONCE(path->flags);

	if (flags & (BIT(PATH_SUSPECT) | BIT(PATH_UNSURE) | BIT(PATH_REREAD)) &&
	    !(flags & BIT(PATH_RETIRING)))
		mod_delayed_work(scsi_mpath_wq, &path->health.probe_work, 0);
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

/* Has the path left us without an answer, and what was sent down it? */
static bool has_swallowed(const struct scsi_mpath_path *path)
{
	return test_bit(PATH_SUSPECT, &path->flags) &&
	       (path->health.cause == SCSI_MPATH_OVERDUE ||
		path->health.cause == SCSI_MPATH_TIMEOUT);
}

static bool is_ready(struct scsi_mpath_path *path)
{
	static const u8 tur[6] = { TEST_UNIT_READY };
	struct scsi_mpath_answer answer;
	int result;

	result = scsi_mpath_read(path->sdev, tur, NULL, 0, &answer);
	/* Nothing but this tells when a port without a group takes I/O. */
	if (path->tpg < 0 && (result & 0xff) == SAM_STAT_CHECK_CONDITION)
		return false;
	return is_answer(result, &answer.sshdr) &&
	       (!has_swallowed(path) || scsi_mpath_answers(path->sdev));
}

/*
 * A path that swallowed commands may answer a probe. It is believed when those
 * that it had are gone, one way or the other, and have been for a while. Error
 * recovery takes them off the device for a moment to send them again, or to give
 * them back to us, who will send them elsewhere; and its own reset brings the
 * unit attention condition for which the path is probed at this very moment.
 */
static bool still_swallows(const struct scsi_mpath_path *path)
{
	const struct scsi_mpath_health *health = &path->health;
	struct scsi_device *sdev = path->sdev;

	if (!has_swallowed(path))
		return false;
	return scsi_host_in_recovery(sdev->host) || scsi_device_busy(sdev) ||
	       time_before(jiffies, READ_ONCE(health->busy_time) +
				    SWALLOWED_SECS * HZ);
}

/*
 * A bio that fails later than the probe began knows better than the probe. It
 * leaves a path to the probe that it finds suspect:
 *
 *	bio				probe
 *					TEST UNIT READY: good
 *	sets PATH_BLAMED
 *	finds PATH_SUSPECT set
 *					finds PATH_BLAMED, leaves PATH_SUSPECT
 *
 * Sent again, it would find the path trusted otherwise, and be swallowed once
 * more. What the path is ranked by changes with PATH_SUSPECT.
 */
static bool clear_suspicion(struct scsi_mpath_path *path, bool probation)
{
	unsigned long old = READ_ONCE(path->flags), new;

	do {
		if (old & BIT(PATH_BLAMED))
			return false;
		new = old & ~(BIT(PATH_SUSPECT) | BIT(PATH_PROBATION));
		if (probation)
			new |= BIT(PATH_PROBATION);
	} while (!try_cmpxchg(&path->flags, &old, new));
	return true;
}

/*
 * @last_resort: what the path had is not back yet, so it is for when nothing else
 * is. Returns false if I/O has failed on the path since its probe began.
 */
static bool reinstate(struct scsi_mpath_path *path, bool last_resort)
{
	struct scsi_mpath_health *health = &path->health;
	struct scsi_mpath_lu *lu = path->lu;
	struct mpath_head *head = lu->head;

	scsi_mpath_alua_ask(path);

	scoped_guard(mutex, &lu->lock) {
		if (last_resort)
			health->probation = max(health->probation,
						PROBATION_FIRST_SECS);
		health->trusted = (jiffies + health->probation * HZ) ?: 1;
		if (!clear_suspicion(path, health->probation))
			return false;
		clear_bit(PATH_GIVEN_UP, &path->flags);
		scsi_mpath_rank_paths(lu);
	}

	if (health->probation)
		pr_info("%s: path %s passed its probe, in reserve for %u s\n",
			head->disk->disk_name, path_name(path),
			health->probation);
	else
		pr_info("%s: path %s passed its probe\n",
			head->disk->disk_name, path_name(path));
	mpath_clear_paths(head);
	mpath_path_changed(head);
	/* Its group may be one to be activated, or to go back to. */
	scsi_mpath_alua_request(lu);
	return true;
}

static bool unit_is_served(struct scsi_mpath_lu *lu)
{
	enum mpath_head_state state = mpath_read_state(lu->head);

	return state == MPATH_HEAD_ONLINE || state == MPATH_HEAD_DEGRADED;
}

static void probe_again(struct scsi_mpath_path *path)
{
	unsigned int delay = path->health.probe_delay;

	if (test_bit(PATH_RETIRING, &path->flags))
		return;
	if (!unit_is_served(path->lu))
		delay = min(delay, PROBE_LAST_RESORT_SECS);
	queue_delayed_work(scsi_mpath_wq, &path->health.probe_work, delay * HZ);
}

/*
 * After a change of states each path reports it, and one report tells of all. Has
 * one that is younger than what this path has reported told of its port group? Its
 * own is: ask_once() looks after what came meanwhile.
 */
static bool is_told(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;

	guard(mutex)(&lu->lock);
	if (path->told != lu->rtpg_round)
		return false;
	return atomic_read(&path->attentions) == READ_ONCE(path->attended) ||
	       time_after(READ_ONCE(lu->rtpg_start),
			  READ_ONCE(path->health.sense_time));
}

/* It leads to its unit, and nothing else was held against it. */
static void use_again(struct scsi_mpath_path *path)
{
	struct mpath_head *head = path->lu->head;

	mpath_clear_paths(head);
	mpath_path_changed(head);
	if (!is_told(path))
		scsi_mpath_alua_request(path->lu);
}

static bool passes(struct scsi_mpath_path *path, bool last_resort)
{
	bool unsure = test_bit(PATH_UNSURE, &path->flags);
	int doubts = atomic_read(&path->doubts);

	if (!test_bit(PATH_SUSPECT, &path->flags)) {
		if (!scsi_mpath_leads_to_unit(path))
			return false;
		/* It may also have been in doubt only since. */
		if (unsure || atomic_read(&path->doubts) != doubts)
			use_again(path);
		return true;
	}
	atomic_long_inc(&path->health.probes);
	clear_bit(PATH_BLAMED, &path->flags);
	/* What fails from here on is younger than the probe's commands. */
	smp_mb__after_atomic();
	return scsi_mpath_leads_to_unit(path) && is_ready(path) &&
	       reinstate(path, last_resort);
}

/*
 * Error handling that could not reach the target has set the device offline,
 * where every command fails before it is sent. Nobody takes it back from there,
 * so this is what an admin would do who writes "running" to its state. The path
 * is suspect and gets the probe alone. If that is not answered either, it is
 * error handling that sets the device offline again.
 */
static void revive(struct scsi_mpath_path *path)
{
	struct scsi_device *sdev = path->sdev;
	bool revived = false;

	if (!test_bit(PATH_GIVEN_UP, &path->flags) ||
	    scsi_host_in_recovery(sdev->host))
		return;
	scoped_guard(mutex, &sdev->state_mutex)
		if (sdev->sdev_state == SDEV_OFFLINE)
			revived = !scsi_device_set_state(sdev, SDEV_RUNNING);
	if (revived)
		blk_mq_run_hw_queues(sdev->request_queue, true);
}

/*
 * A path that is not running is not probed: the command would fail, or wait
 * as long as the transport blocks the device. The watch starts the probe when
 * it sees the path run again; one that stops and runs too fast for the watch
 * is probed when its time comes. One that swallowed commands is tried at once
 * when nothing else takes the unit's I/O: what waits has nothing to lose.
 */
void scsi_mpath_probe_work(struct work_struct *work)
{
	struct scsi_mpath_path *path = container_of(work, struct scsi_mpath_path,
						    health.probe_work.work);
	struct scsi_mpath_health *health = &path->health;
	bool swallows = still_swallows(path);

	if (swallows && unit_is_served(path->lu)) {
		probe_again(path);
		goto out;
	}
	revive(path);
	if (!path_is_running(path)) {
		probe_again(path);
	} else if (passes(path, swallows)) {
		health->probe_delay = PROBE_FIRST_SECS;
		/* Nobody has queued this for a doubt that met the path suspect. */
		scsi_mpath_probe_now(path);
	} else {
		health->probe_delay = min(health->probe_delay * 2,
					  PROBE_MAX_SECS);
		probe_again(path);
	}
out:
	scsi_mpath_end_ask(path);
}

/*
 * Does it have commands, or did it have some since the last look? One that is
 * answered BUSY or TASK SET FULL is between two tries most of the time, where it
 * is no command of the device.
 */
static bool has_commands(struct scsi_mpath_path *path)
{
	int requests = atomic_read(&path->sdev->iorequest_cnt);
	bool sent = requests != path->health.requests;

	path->health.requests = requests;
	return sent || scsi_device_busy(path->sdev);
}

/*
 * Look at what the path has completed since the last time. The block layer does
 * not count the commands by which paths are watched, nor other pass-through
 * commands: a path that has none but these looks silent, and is asked.
 */
static void follow_done(struct scsi_mpath_path *path)
{
	struct block_device *bdev = path->mdev.disk->part0;
	struct scsi_mpath_health *health = &path->health;
	u64 done = 0, nsecs = 0;
	int group;

	for (group = 0; group < NR_STAT_GROUPS; group++) {
		done += part_stat_read(bdev, ios[group]);
		nsecs += part_stat_read(bdev, nsecs[group]);
	}
	if (scsi_device_busy(path->sdev))
		WRITE_ONCE(health->busy_time, jiffies);
	if (!has_commands(path))
		health->silent_since = jiffies;
	if (done != health->done) {
		health->pace = div64_u64(nsecs - health->nsecs,
					 done - health->done);
		health->done = done;
		health->nsecs = nsecs;
		health->done_time = jiffies;
		health->silent_since = jiffies;
	}
}

/* For how long has it had commands and completed none? In jiffies. */
static unsigned long silence(const struct scsi_mpath_path *path)
{
	return jiffies - path->health.silent_since;
}

/*
 * A path that carries I/O, or could. Of one that is stopped, or suspect
 * already, nothing is to be learned.
 */
static bool is_comparable(struct scsi_mpath_path *path)
{
	return path->mdev.access_state != MPATH_STATE_OTHER &&
	       scsi_mpath_is_usable(path) &&
	       blk_queue_io_stat(path->mdev.disk->queue);
}

static unsigned long patience_at(u64 pace)
{
	return clamp(nsecs_to_jiffies(pace * OVERDUE_FACTOR),
		     OVERDUE_MIN_SECS * HZ, OVERDUE_MAX_SECS * HZ);
}

/*
 * For how long may it be silent, as fast as the slowest of those is that have
 * done something meanwhile? In jiffies; 0 for ever, as no other path does
 * better. One that had nothing to do is only a hint.
 */
static unsigned long patience(const struct scsi_mpath_path *silent)
{
	unsigned long busy = 0, idle = 0;
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &silent->lu->paths, lu_entry) {
		if (!is_comparable(path) || silence(path) >= OVERDUE_MIN_SECS * HZ)
			continue;
		if (time_after(path->health.done_time, silent->health.silent_since))
			busy = max(busy, patience_at(path->health.pace));
		else
			idle = OVERDUE_MAX_SECS * HZ;
	}
	return busy ?: idle;
}

/**
 * scsi_mpath_forget_question() - a path that was silent need not answer any more
 * @path: the path
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_forget_question(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;

	scsi_mpath_forget_command(health->question);
	health->question = NULL;
	health->asked = 0;
}

/*
 * Where all tags are taken by what the path does not answer, the question cannot
 * even be sent, and is not answered either.
 */
static void ask(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;
	struct scsi_mpath_command *question = scsi_mpath_ask(path->sdev);

	if (!IS_ERR(question))
		health->question = question;
	else if (question != ERR_PTR(-EAGAIN))
		return;
	health->asked = jiffies ?: 1;
}

static bool has_answered(const struct scsi_mpath_path *path)
{
	return path->health.question &&
	       scsi_mpath_is_answered(path->health.question);
}

/*
 * Commands are not alike: a write of an array that is short of cache, or UNMAP,
 * may take seconds beside reads that take one thousandth. Nor do they end in the
 * order in which they were sent (SAM-4 8.6.2, simple tasks). But a path that
 * answers a read which was sent after them is not silent: what is late there is
 * late for a reason that is not the path's.
 */
static void judge_silence(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;
	unsigned long limit = 0;

	if (silence(path) >= OVERDUE_MIN_SECS * HZ / 2 && is_comparable(path))
		limit = patience(path);
	if (!limit || silence(path) < limit / 2) {
		scsi_mpath_forget_question(path);
	} else if (!health->asked) {
		ask(path);
	} else if (has_answered(path)) {
		scsi_mpath_forget_question(path);
		health->silent_since = jiffies;
	} else if (silence(path) >= limit &&
		   time_after_eq(jiffies, health->asked + limit / 2)) {
		scsi_mpath_forget_question(path);
		scsi_mpath_suspect(path, SCSI_MPATH_OVERDUE);
	}
}

/**
 * scsi_mpath_find_overdue() - suspect the paths that swallow what they get
 * @lu: the unit
 *
 * Called once a second or more often. A connection may be silently dead, or a
 * port hang, long before a transport or a time-out tells. What a path has can
 * only be waited for, but new I/O goes elsewhere. That takes a path that does
 * better: where all are silent, it is the unit that is slow.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_find_overdue(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		follow_done(path);
	list_for_each_entry(path, &lu->paths, lu_entry)
		judge_silence(path);
}

static bool timed_out_lately(const struct scsi_mpath_health *health)
{
	return health->timeout_time &&
	       time_before(jiffies, health->timeout_time + GIVES_UP_SECS * HZ);
}

/* A command that timed out is aborted first; what follows may take minutes. */
static void follow_timeouts(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;
	int timeouts = atomic_read(&path->sdev->iotmo_cnt);

	if (timeouts != health->timeouts ||
	    (scsi_host_in_recovery(path->sdev->host) &&
	     timed_out_lately(health)))
		health->timeout_time = jiffies ?: 1;
	health->timeouts = timeouts;
}

/**
 * scsi_mpath_watch_offline() - has SCSI's error handling given up a device?
 * @path: the path
 *
 * It says so in the log only. A device may also be offline because an admin
 * wants it to be; such a one is left alone. What tells the two apart is that
 * error handling begins with a command that timed out.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_watch_offline(struct scsi_mpath_path *path)
{
	lockdep_assert_held(&path->lu->lock);
	follow_timeouts(path);
	if (READ_ONCE(path->sdev->sdev_state) == SDEV_OFFLINE &&
	    timed_out_lately(&path->health) &&
	    !test_and_set_bit(PATH_GIVEN_UP, &path->flags))
		scsi_mpath_suspect(path, SCSI_MPATH_TIMEOUT);
}

/**
 * scsi_mpath_watch_served() - probe what there is when a unit lost its last path
 * @lu: the unit
 *
 * The next probe of a path that was left aside may be far.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_watch_served(struct scsi_mpath_lu *lu)
{
	bool served = unit_is_served(lu);
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	if (lu->served && !served)
		list_for_each_entry(path, &lu->paths, lu_entry)
			scsi_mpath_probe_now(path);
	lu->served = served;
}

/**
 * scsi_mpath_end_probation() - trust a path again whose probation is over
 * @path: the path
 *
 * The caller ranks the paths of the unit anew.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_end_probation(struct scsi_mpath_path *path)
{
	lockdep_assert_held(&path->lu->lock);
	if (test_bit(PATH_PROBATION, &path->flags) &&
	    !test_bit(PATH_SUSPECT, &path->flags) &&
	    time_after_eq(jiffies, path->health.trusted))
		clear_bit(PATH_PROBATION, &path->flags);
}

/**
 * scsi_mpath_reset_health() - forget what is held against a path
 * @path: the path
 *
 * A path that is suspect is probed at once: whether it works is not for the
 * caller to say.
 *
 * Context: process context.
 */
void scsi_mpath_reset_health(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;
	struct scsi_mpath_lu *lu = path->lu;
	int i;

	mutex_lock(&lu->lock);
	for (i = 0; i < ARRAY_SIZE(health->errors); i++)
		atomic_long_set(&health->errors[i], 0);
	atomic_long_set(&health->port_errors, 0);
	atomic_long_set(&health->failovers, 0);
	atomic_long_set(&health->probes, 0);
	health->probation = 0;
	health->trusted = 0;
	clear_bit(PATH_PROBATION, &path->flags);
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);
	scsi_mpath_probe_now(path);
}

/**
 * scsi_mpath_init_health() - a path that is claimed has no past
 * @path: the path, about to be claimed
 *
 * Context: process context; no I/O knows the path.
 */
void scsi_mpath_init_health(struct scsi_mpath_path *path)
{
	struct scsi_mpath_health *health = &path->health;

	health->probation = 0;
	health->trusted = 0;
	health->sense = 0;
	health->done = 0;
	health->nsecs = 0;
	health->done_time = jiffies;
	health->silent_since = jiffies;
	health->busy_time = jiffies;
	health->requests = atomic_read(&path->sdev->iorequest_cnt);
	health->timeouts = atomic_read(&path->sdev->iotmo_cnt);
	health->timeout_time = 0;
	health->probe_delay = PROBE_FIRST_SECS;
	clear_bit(PATH_GIVEN_UP, &path->flags);
	clear_bit(PATH_SUSPECT, &path->flags);
	clear_bit(PATH_PROBATION, &path->flags);
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_health_kunit.c"
#endif
