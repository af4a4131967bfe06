// SPDX-License-Identifier: GPL-2.0
/*
 * May a path get I/O, and how good is it? The answers the library asks for,
 * and the watch over what changes without a word.
 */
#include "scsi_mpath.h"

/*
 * The watch may be late for an outage that is short, and its LUN may be another
 * unit's after it: who is the first to see it says so.
 */
static noinline bool note_outage(struct scsi_mpath_path *path)
{
	scsi_mpath_doubt(path);
	return true;
}

static bool scsi_mpath_is_disabled(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	if (READ_ONCE(path->flags) & PATH_UNUSABLE)
		return true;
	return !path_is_running(path) && note_outage(path);
}

static bool scsi_mpath_is_optimized(struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) == MPATH_STATE_OPTIMIZED &&
	       !scsi_mpath_is_disabled(mdev);
}

static bool is_leaving(const struct scsi_mpath_path *path)
{
	return READ_ONCE(path->flags) & (BIT(PATH_GONE) | BIT(PATH_RETIRING)) ||
	       path_is_going(path);
}

/*
 * A device that is on its way out does not come back, but one may be found anew,
 * and its unit waits if it is in use. Everything else may: blocked by its
 * transport, in a standby port group, under suspicion, or offline, where error
 * handling sets all paths of an array that stalls for a while.
 */
static bool scsi_mpath_available_path(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	if (is_leaving(path))
		return mpath_outlives_paths(mdev->mpath_head);
	if (READ_ONCE(path->alua_state) == ALUA_OFFLINE)
		return false;

	switch (READ_ONCE(path->sdev->sdev_state)) {
	case SDEV_RUNNING:
	case SDEV_QUIESCE:
	case SDEV_BLOCK:
	case SDEV_CREATED_BLOCK:
	case SDEV_TRANSPORT_OFFLINE:
	case SDEV_OFFLINE:
		return true;
	default:
		return false;
	}
}

/**
 * scsi_mpath_is_asked_for() - is its unit all that a path is asked for, and not long?
 * @path: the path
 * @time: what is long, in jiffies
 *
 * Context: any.
 * Return: true if it has been for less than @time.
 */
bool scsi_mpath_is_asked_for(const struct scsi_mpath_path *path,
			     unsigned long time)
{
	return scsi_mpath_is_asked_for_unit(path) &&
	       time_before(jiffies, READ_ONCE(path->unsure_since) + time);
}

/*
 * What a path has said is true as long as it works, and what one that leaves has
 * said was its last word. One that is out of reach may lead to the unit again by
 * the time it returns, as may one that left without a word.
 */
static bool scsi_mpath_says_gone(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);
	struct scsi_mpath_lu *lu = mdev->mpath_head->drvdata;

	return !READ_ONCE(lu->lost_path) &&
	       READ_ONCE(path->flags) & (BIT(PATH_ABSENT) | BIT(PATH_STRAY)) &&
	       (path_is_running(path) || is_leaving(path));
}

/* Behind silent LUNs of its nexus a path has to wait for its question. */
static bool is_being_asked(const struct scsi_mpath_path *path)
{
	bool waits = !list_empty(&path->ask_entry) ||
		     test_bit(PATH_ASKING, &path->flags);

	return scsi_mpath_is_asked_for(path, waits ? SCSI_MPATH_QUEUE_TIME :
						     SCSI_MPATH_ASK_TIME);
}

/*
 * The target says how long that may take, and so does alua.c. A path that was
 * usable until it was asked for its unit will be so again.
 */
static bool scsi_mpath_is_transitioning(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	if (is_being_asked(path))
		return true;
	/* It was in reserve, and is about to be used: see scsi_mpath_rank_paths(). */
	if (READ_ONCE(mdev->access_state) == MPATH_STATE_OTHER &&
	    scsi_mpath_takes_io(path))
		return true;
	return READ_ONCE(path->alua_state) == ALUA_TRANSITIONING &&
	       !is_leaving(path) && path_is_running(path);
}

/* A report that is older than the wait says nothing about it. */
static void scsi_mpath_io_held(struct mpath_head *head)
{
	scsi_mpath_alua_request(head->drvdata);
}

/* What takes longer than this to answer is told to be out of use. */
static bool scsi_mpath_is_settling(struct mpath_device *mdev)
{
	return scsi_mpath_is_asked_for(to_path(mdev), HZ);
}

const struct mpath_head_template scsi_mpath_template = {
	.is_disabled	= scsi_mpath_is_disabled,
	.is_optimized	= scsi_mpath_is_optimized,
	.available_path	= scsi_mpath_available_path,
	.says_gone	= scsi_mpath_says_gone,
	.is_transitioning = scsi_mpath_is_transitioning,
	.io_held	= scsi_mpath_io_held,
	.is_settling	= scsi_mpath_is_settling,
	.clone_bio	= scsi_mpath_clone_bio,
	.remove_head	= scsi_mpath_remove_head,
	.ioctl_check	= scsi_mpath_ioctl_check,
	.ioctl_again	= scsi_mpath_ioctl_again,
	.may_reserve	= scsi_mpath_may_reserve,
	.pr_per_path	= true,
	.hold_ioctls	= true,
};

/**
 * scsi_mpath_is_usable() - does nothing but the access state keep I/O away?
 * @path: the path
 *
 * Context: any.
 * Return: true if its port group alone decides whether it gets I/O.
 */
bool scsi_mpath_is_usable(struct scsi_mpath_path *path)
{
	return !(READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT) &&
	       !scsi_mpath_is_disabled(&path->mdev);
}

/**
 * scsi_mpath_takes_io() - could this path carry I/O, be it the best or not?
 * @path: the path
 *
 * Context: any.
 * Return: true if it is usable and its port group in an active state.
 */
bool scsi_mpath_takes_io(struct scsi_mpath_path *path)
{
	return alua_state_is_active(READ_ONCE(path->alua_state)) &&
	       scsi_mpath_is_usable(path);
}

/* No path is in this state: a report has four bits for it. */
#define NO_STATE	0xff

/**
 * struct choice - which paths of a unit come first
 * @no_reserve: those in reserve do not count, as others are usable
 * @state: the best state among the usable paths, NO_STATE if there are none
 * @pref: of those in this state, one is preferred
 */
struct choice {
	bool	no_reserve;
	u8	state;
	bool	pref;
};

static bool is_left_out(const struct scsi_mpath_path *path,
			const struct choice *choice)
{
	return choice->no_reserve &&
	       (READ_ONCE(path->flags) & PATH_RESERVE);
}

static struct choice choose(struct scsi_mpath_lu *lu, bool no_reserve)
{
	struct choice choice = { .no_reserve = no_reserve, .state = NO_STATE };
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!scsi_mpath_takes_io(path) || is_left_out(path, &choice))
			continue;
		if (path->alua_state < choice.state) {
			choice.state = path->alua_state;
			choice.pref = false;
		}
		if (path->alua_state == choice.state && path->pref)
			choice.pref = true;
	}
	return choice;
}

static enum mpath_access_state rank(const struct scsi_mpath_path *path,
				    const struct choice *choice)
{
	bool first = path->alua_state == ALUA_OPTIMIZED;

	if (!alua_state_is_active(path->alua_state) || is_left_out(path, choice))
		return MPATH_STATE_OTHER;
	if (choice->pref)
		first = path->alua_state == choice->state && path->pref;
	return first ? MPATH_STATE_OPTIMIZED : MPATH_STATE_NONOPTIMIZED;
}

/**
 * scsi_mpath_rank_paths() - tell the library how good each path is
 * @lu: the unit
 *
 * PREF (SPC-4 6.27) says where the target would like its I/O. It breaks
 * the tie among usable port groups of the best state: those without it come
 * second. It never makes a path unusable.
 *
 * A path in reserve gets nothing as long as another one is usable.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_rank_paths(struct scsi_mpath_lu *lu)
{
	struct choice choice = choose(lu, true);
	enum mpath_access_state state;
	struct scsi_mpath_path *path;
	bool changed = false;

	lockdep_assert_held(&lu->lock);
	if (choice.state == NO_STATE)
		choice = choose(lu, false);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		state = rank(path, &choice);
		if (state != path->mdev.access_state) {
			WRITE_ONCE(path->mdev.access_state, state);
			changed = true;
		}
	}
	if (changed) {
		mpath_clear_paths(lu->head);
		mpath_path_changed(lu->head);
	}
}

/*
 * Nobody tells when a transport blocks or unblocks a device. Returns true if
 * the path needs to be looked at again soon: it does not run, or is in reserve,
 * perhaps for the sake of one that stops.
 */
static bool watch_path(struct scsi_mpath_path *path)
{
	bool running = path_is_running(path);
	u8 access_state = READ_ONCE(path->sdev->access_state);

	if (running != path->was_running) {
		path->was_running = running;
		mpath_clear_current_path(&path->mdev);
		mpath_path_changed(path->lu->head);
		scsi_mpath_alua_request(path->lu);
		/* One that does not run is asked when it does. */
		if (running)
			scsi_mpath_probe_now(path);
		else
			scsi_mpath_note_doubt(path);
	}
	scsi_mpath_watch_offline(path);
	scsi_mpath_unblock(path->sdev);
	/* Nobody has been told as long as the answer was to come in a moment. */
	if (scsi_mpath_is_asked_for_unit(path))
		mpath_path_changed(path->lu->head);
	/* A device handler that is not ours has learned something. */
	if (access_state != path->seen_access_state) {
		path->seen_access_state = access_state;
		scsi_mpath_alua_request(path->lu);
	}
	scsi_mpath_end_probation(path);
	return !running || READ_ONCE(path->flags) & PATH_RESERVE;
}

void scsi_mpath_watch_work(struct work_struct *work)
{
	struct scsi_mpath_lu *lu =
		container_of(work, struct scsi_mpath_lu, watch_work.work);
	struct scsi_mpath_path *path;
	bool soon = false;

	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (watch_path(path))
			soon = true;
	scsi_mpath_find_overdue(lu);
	scsi_mpath_revalidate(lu);
	scsi_mpath_rank_paths(lu);
	scsi_mpath_watch_served(lu);
	mutex_unlock(&lu->lock);

	queue_delayed_work(scsi_mpath_wq, &lu->watch_work, soon ? HZ / 10 : HZ);
}
