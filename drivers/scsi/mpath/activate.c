// SPDX-License-Identifier: GPL-2.0
/*
 * Explicit ALUA (SPC-4 5.9.2.7): units that leave it to their initiators to say
 * which target port group serves them.
 *
 * A group is activated only when no path takes I/O, and one that the unit was
 * moved from is activated again when it has been reachable for a while. That is
 * all: a unit that is served is left where it is, even by a group that is not
 * the best one, since another host may have put it there and see no other.
 *
 * Two hosts, each with a way to one of two groups only, would take the unit
 * from each other with every command:
 *
 *	host A, which reaches group 1	host B, which reaches group 2
 *	activates 1			finds 2 in standby
 *					activates 2
 *	finds 1 in standby
 *	activates 1 ...
 *
 * So whoever sees that a group he has activated was taken away waits, longer
 * each time, and forgets that he wanted the unit elsewhere.
 *
 * Nor is a unit moved because the way to its active group is closed for a
 * moment: a host adapter that recovers from another unit's error would move all
 * units behind it.
 */
#include <linux/unaligned.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

/* The TPGS field of the INQUIRY data, SPC-4 6.4.2: 10b and 11b */
#define TPGS_EXPLICIT		2

/*
 * A target may answer only when it is done. One that takes longer than this is
 * asked for the states instead.
 */
#define STPG_TIMEOUT		(60 * HZ)

/*
 * How long to leave a unit alone that has only standby groups as yet: the
 * paths to the active one may be on their way, or on their way back.
 */
#define SETTLE_TIME		(5 * HZ)

/* For how long a path by which the target has refused is not tried again. */
#define REFUSED_TIME		(300 * HZ)

/* How long to leave a unit alone that was taken away. */
#define GAP_MIN			(10 * HZ)
#define GAP_MAX			(300 * HZ)

void scsi_mpath_init_activation(struct scsi_mpath_activation *act)
{
	act->enabled = true;
	act->failback = scsi_mpath_failback;
	act->group = -1;
	act->home = -1;
}

static bool is_barred(const struct scsi_mpath_path *path)
{
	return path->barred_until && time_before(jiffies, path->barred_until);
}

static void bar(struct scsi_mpath_path *path, unsigned long time)
{
	path->barred_until = (jiffies + time) ?: 1;
}

/*
 * That it differs from the unit is no reason against it: a port that takes no
 * I/O may not tell a size, and is asked again when it does.
 */
static bool may_be_activated(struct scsi_mpath_path *path)
{
	return path->tpg >= 0 &&
	       !scsi_mpath_template.is_disabled(&path->mdev) &&
	       scsi_device_tpgs(path->sdev) & TPGS_EXPLICIT &&
	       !is_barred(path);
}

/* Its disk is asked again, or will be in a second, and may be fit then. */
static bool is_rescanned(struct scsi_mpath_path *path)
{
	return test_bit(MPATH_DEVICE_STALE, &path->mdev.flags) &&
	       !scsi_mpath_template.is_disabled(&path->mdev);
}

/* Is the unit served, or about to tell whether it will be? */
static bool is_served(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if ((scsi_mpath_is_usable(path) ||
		     scsi_mpath_is_asked_for_unit(path) ||
		     is_rescanned(path)) &&
		    (path->alua_state == ALUA_TRANSITIONING ||
		     alua_state_is_active(path->alua_state)))
			return true;
	return false;
}

/*
 * Would the path serve the unit, if it ran and were trusted? The state of its
 * group is the last one that was told.
 */
static bool is_lost(const struct scsi_mpath_path *path)
{
	return (path->alua_state == ALUA_TRANSITIONING ||
		alua_state_is_active(path->alua_state)) &&
	       !(READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT) &&
	       !(READ_ONCE(path->flags) &
		 (BIT(PATH_GONE) | BIT(PATH_RETIRING) | BIT(PATH_JOINING) |
		  BIT(PATH_STRAY) | BIT(PATH_OUT)));
}

/*
 * Does nothing speak for more than a moment? Neither has I/O failed on it, nor
 * has its transport given up.
 */
static bool is_interrupted(const struct scsi_mpath_path *path)
{
	if (test_bit(PATH_SUSPECT, &path->flags))
		return false;
	switch (READ_ONCE(path->sdev->sdev_state)) {
	case SDEV_RUNNING:
	case SDEV_QUIESCE:
	case SDEV_BLOCK:
	case SDEV_CREATED_BLOCK:
		return true;
	default:
		return false;
	}
}

/*
 * Is a unit that is not served likely to be, where it is, in a moment? One that
 * nobody wants anything of can wait for a path that has failed as well.
 */
static bool may_be_served_again(struct scsi_mpath_lu *lu)
{
	bool idle = !mpath_holds_io(lu->head);
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (is_lost(path) && (idle || is_interrupted(path)))
			return true;
	return false;
}

/* Through which a group takes I/O or could; NULL if it cannot be reached. */
static struct scsi_mpath_path *path_of_group(struct scsi_mpath_lu *lu,
					     int group)
{
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (path->tpg == group && may_be_activated(path))
			return path;
	return NULL;
}

static bool can_leave(u8 state)
{
	return state == ALUA_STANDBY || state == ALUA_UNAVAILABLE;
}

/*
 * A group in standby comes before one that is unavailable, for which there may be
 * a reason. Then the preferred group comes first, then the one with the lowest
 * number.
 */
static bool is_better_to_activate(const struct scsi_mpath_path *path,
				  const struct scsi_mpath_path *than)
{
	if (!than)
		return true;
	if (path->alua_state != than->alua_state)
		return path->alua_state == ALUA_STANDBY;
	if (path->pref != than->pref)
		return path->pref;
	return path->tpg < than->tpg;
}

static struct scsi_mpath_path *best_inactive_path(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path, *best = NULL;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (can_leave(path->alua_state) && may_be_activated(path) &&
		    is_better_to_activate(path, best))
			best = path;
	return best;
}

/* Has somebody else moved the unit since this host did? */
static bool was_taken_away(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path = path_of_group(lu, lu->activation.group);

	return path && path->alua_state != ALUA_TRANSITIONING &&
	       !alua_state_is_active(path->alua_state);
}

/* Before when is a unit that is not served to be left alone? */
static unsigned long not_before(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_activation *act = &lu->activation;
	unsigned long due = jiffies;

	if (!act->was_served)
		return act->start + SETTLE_TIME;
	if (may_be_served_again(lu))
		due = act->lost_since + SETTLE_TIME;
	if (was_taken_away(lu) && time_before(due, act->last + act->gap))
		due = act->last + act->gap;
	return due;
}

/*
 * Where the unit was served before this host moves it. A target that prefers a
 * group has said where its home is.
 */
static void remember_home(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_activation *act = &lu->activation;
	struct scsi_mpath_path *path;
	int home = -1;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (path->alua_state == ALUA_OPTIMIZED &&
		    (home < 0 || path->pref))
			home = path->tpg;
	if (home >= 0 && !act->moved)
		act->home = home;
}

/* Since when could the unit be moved back? */
static void watch_home(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_activation *act = &lu->activation;
	struct scsi_mpath_path *path = path_of_group(lu, act->home);

	if (!act->moved || !path || path->alua_state == ALUA_OPTIMIZED)
		act->home_since = 0;
	else if (!act->home_since)
		act->home_since = jiffies ?: 1;
}

/* Is it time? If not, the next look is when it is. */
static bool is_due(struct scsi_mpath_activation *act, unsigned long due)
{
	if (time_after_eq(jiffies, due))
		return true;
	act->due = due ?: 1;
	return false;
}

static bool is_due_home(struct scsi_mpath_activation *act)
{
	int secs = READ_ONCE(act->failback);

	return act->home_since && secs >= 0 &&
	       is_due(act, act->home_since + secs * HZ);
}

/* The path whose group is to be activated now, or NULL. */
static struct scsi_mpath_path *choose(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_activation *act = &lu->activation;

	lockdep_assert_held(&lu->rtpg_lock);
	lockdep_assert_held(&lu->lock);
	act->due = 0;
	remember_home(lu);
	if (was_taken_away(lu))
		act->moved = false;
	watch_home(lu);

	if (!is_served(lu)) {
		if (!act->lost_since)
			act->lost_since = jiffies ?: 1;
		return is_due(act, not_before(lu)) ? best_inactive_path(lu) :
						     NULL;
	}
	act->was_served = true;
	act->lost_since = 0;
	return is_due_home(act) ? path_of_group(lu, act->home) : NULL;
}

/*
 * Does the target not know the command, or not this form of it? Any other
 * ILLEGAL REQUEST is about the unit or its state: LOGICAL UNIT NOT SUPPORTED
 * (05/25) comes from a LUN that is not mapped just now.
 */
static bool is_refusal(int result, const struct scsi_mpath_answer *answer)
{
	return scsi_mpath_is_refused(result, answer) &&
	       (answer->sshdr.asc == 0x20 || answer->sshdr.asc == 0x24);
}

static int send_stpg(struct scsi_mpath_path *path,
		     struct scsi_mpath_answer *answer)
{
	u8 cdb[12] = { MAINTENANCE_OUT, MO_SET_TARGET_PGS };
	u8 param[ALUA_STPG_LEN];

	put_unaligned_be32(sizeof(param), &cdb[6]);
	alua_fill_stpg(param, path->tpg, ALUA_OPTIMIZED);
	return scsi_mpath_write(path->sdev, cdb, param, sizeof(param),
				STPG_TIMEOUT, answer);
}

/* Twice as long as the last time, if that was not long ago. */
static void widen_gap(struct scsi_mpath_activation *act)
{
	bool again = act->gap &&
		     time_before(jiffies, act->last + 2 * act->gap);

	act->gap = again ? min(2 * act->gap, GAP_MAX) : GAP_MIN;
	act->last = jiffies;
}

/* Another group may do, and is tried at once. */
static void bar_group(struct scsi_mpath_lu *lu, int group)
{
	struct scsi_mpath_path *path;

	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (path->tpg == group)
			bar(path, lu->activation.gap);
	lu->activation.due = jiffies ?: 1;
}

/* What the target is told, it has done, or is about to: RTPG will say. */
static void note_activation(struct scsi_mpath_lu *lu, int group, int result)
{
	struct scsi_mpath_activation *act = &lu->activation;
	const char *name = lu->head->disk->disk_name;

	widen_gap(act);
	act->group = group;
	act->moved = group != act->home;
	act->home_since = 0;
	if (!result) {
		pr_info("%s: target port group %d activated\n", name, group);
		return;
	}
	pr_warn("%s: target port group %d could not be activated (result %#x)\n",
		name, group, result);
	bar_group(lu, group);
}

/* The path may leave the unit meanwhile, or lead to another one by now. */
static void activate_group_of(struct scsi_mpath_lu *lu,
			      struct scsi_mpath_path *path)
{
	struct scsi_mpath_answer answer;
	int result;

	if (!scsi_mpath_speaks_for_unit(lu, path))
		return;
	result = send_stpg(path, &answer);
	if (!is_refusal(result, &answer)) {
		note_activation(lu, path->tpg, result);
		return;
	}
	pr_warn("%s: the target refuses to activate a target port group through path %s, not tried again there for %u s\n",
		lu->head->disk->disk_name, path_name(path), REFUSED_TIME / HZ);
	scoped_guard(mutex, &lu->lock)
		bar(path, REFUSED_TIME);
	/* Another path may do. */
	lu->activation.due = jiffies ?: 1;
}

/**
 * scsi_mpath_forget_refusals() - try again what the target has refused
 * @lu: the unit
 *
 * Context: process context; takes lu->lock.
 */
void scsi_mpath_forget_refusals(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		path->barred_until = 0;
}

/**
 * scsi_mpath_activate() - activate a target port group, if that is called for
 * @lu: the unit, after a round of reports
 *
 * Context: process context; the caller holds lu->rtpg_lock. Sleeps as long as
 * the target takes.
 * Return: true if the states are to be asked for again.
 */
bool scsi_mpath_activate(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->rtpg_lock);
	if (!READ_ONCE(lu->activation.enabled))
		return false;

	mutex_lock(&lu->lock);
	path = choose(lu);
	if (path)
		kref_get(&path->ref);
	mutex_unlock(&lu->lock);
	if (!path)
		return false;

	activate_group_of(lu, path);
	scsi_mpath_put_path(path);
	return true;
}

/**
 * scsi_mpath_activation_delay() - when to look at the groups again
 * @lu: the unit
 *
 * Context: process context; only from lu->alua_work.
 * Return: in jiffies from now, at least one; MAX_JIFFY_OFFSET if nothing that
 * time brings is waited for.
 */
unsigned long scsi_mpath_activation_delay(struct scsi_mpath_lu *lu)
{
	unsigned long due = lu->activation.due;

	if (!due)
		return MAX_JIFFY_OFFSET;
	return time_after(due, jiffies) ? due - jiffies : 1;
}
