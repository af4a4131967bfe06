// SPDX-License-Identifier: GPL-2.0
/*
 * What a head can do now, and how long I/O is held when it can do nothing.
 *
 * The hold time starts when the last usable path is lost, or with the last bio
 * that comes back from one, and needs no process to run out: a delayed work
 * ends it. From then on I/O fails at once until a path is usable again. It does
 * not run while a path is transitioning.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/sched/mm.h>
#include <trace/events/multipath.h>

#include "internal.h"

const char * const mpath_head_state_names[] = {
	[MPATH_HEAD_ONLINE] = "online",
	[MPATH_HEAD_DEGRADED] = "degraded",
	[MPATH_HEAD_NO_USABLE_PATH] = "no-usable-path",
	[MPATH_HEAD_FAILED] = "failed",
	[MPATH_HEAD_GONE] = "gone",
};

/* Is it more than @secs ago that the last usable path was lost? */
static bool mpath_no_path_for(struct mpath_head *head, unsigned int secs)
{
	unsigned long since = READ_ONCE(head->no_path_since);

	return since && time_after_eq(jiffies, since + secs * HZ);
}

static bool mpath_hold_time_is_over(struct mpath_head *head)
{
	int timeout = READ_ONCE(head->no_path_timeout);

	if (timeout <= 0)
		return timeout == 0;
	return mpath_no_path_for(head, timeout);
}

/*
 * Can a path come back that is not usable now? Where a removal would be
 * delayed, so may one that has left, and one that leaves, but that not longer. Where
 * it would be for the sake of users, the driver tells of one that leaves.
 */
static bool mpath_available_path(struct mpath_head *head)
{
	unsigned int secs = READ_ONCE(head->delayed_removal_secs);
	struct mpath_device *mdev;

	/* The removal ends that, and counts from when the last one left. */
	if (list_empty(&head->dev_list))
		return mpath_head_queue_if_no_path(head);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (head->mpdt->available_path(mdev))
			return true;
	return secs && secs != MPATH_REMOVAL_IN_USE &&
	       !mpath_no_path_for(head, secs);
}

/* Will a path tell by itself, and soon, whether it is usable? */
static bool mpath_is_transitioning(struct mpath_head *head)
{
	struct mpath_device *mdev;

	if (!head->mpdt->is_transitioning)
		return false;
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (head->mpdt->is_transitioning(mdev))
			return true;
	return false;
}

/*
 * Does every path say that the unit is not there? A path that has said so may
 * leave; when none is left, what they said last still holds.
 */
static bool mpath_is_gone(struct mpath_head *head)
{
	struct mpath_device *mdev;
	bool said = false;

	if (!head->mpdt->says_gone)
		return false;
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (!head->mpdt->says_gone(mdev))
			return false;
		said = true;
	}
	return said || READ_ONCE(head->state) == MPATH_HEAD_GONE;
}

/* Is there reason to hold a bio for which no path is usable? Under SRCU. */
bool mpath_may_hold(struct mpath_head *head)
{
	if (!test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) ||
	    mpath_is_gone(head))
		return false;
	return mpath_is_transitioning(head) ||
	       (!mpath_hold_time_is_over(head) && mpath_available_path(head));
}

/* What it is without a usable path; under SRCU. */
static enum mpath_head_state mpath_unusable_state(struct mpath_head *head)
{
	if (mpath_is_gone(head))
		return MPATH_HEAD_GONE;
	return mpath_may_hold(head) ? MPATH_HEAD_NO_USABLE_PATH :
				      MPATH_HEAD_FAILED;
}

/**
 * mpath_read_state() - what the head can do now
 * @head: the head
 *
 * Context: any that may take an SRCU read lock.
 * Return: the state, as its paths are at this moment.
 */
enum mpath_head_state mpath_read_state(struct mpath_head *head)
{
	enum mpath_head_state state;
	bool usable = false, unusable = false;
	struct mpath_device *mdev;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (mpath_path_is_usable(head, mdev))
			usable = true;
		else
			unusable = true;
	}
	if (usable)
		state = unusable ? MPATH_HEAD_DEGRADED : MPATH_HEAD_ONLINE;
	else
		state = mpath_unusable_state(head);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return state;
}
EXPORT_SYMBOL_GPL(mpath_read_state);

bool mpath_head_is_usable(struct mpath_head *head)
{
	return mpath_state_is_usable(mpath_read_state(head));
}

/* See head.c. */
static void mpath_queue_due_scan(struct mpath_head *head)
{
	if (test_and_clear_bit(MPATH_HEAD_SCAN_DUE, &head->flags))
		queue_work(mpath_scan_wq, &head->partition_scan_work);
}

static void mpath_announce_state(struct mpath_head *head)
{
	const char *name = mpath_head_state_names[head->state];
	char text[40];

	lockdep_assert_held(&head->lock);
	if (!test_bit(MPATH_HEAD_DISK_LIVE, &head->flags))
		return;
	snprintf(text, sizeof(text), "MPATH_STATE=%s", name);
	kobject_uevent_env(&disk_to_dev(head->disk)->kobj, KOBJ_CHANGE,
			   (char *[]){ text, NULL });
	pr_info("%s: %s\n", head->disk->disk_name, name);
}

/*
 * A path has had a bio, so one was usable. If it was for so short a time that the
 * state work has not seen it, the clock runs from an earlier loss. Lockless: the
 * state work, which comes after, stops the clock if a path is usable.
 */
void mpath_restart_hold(struct mpath_head *head)
{
	unsigned long since = READ_ONCE(head->no_path_since);

	if (!since)
		return;
	cmpxchg(&head->no_path_since, since, jiffies ?: 1);
	mpath_path_changed(head);
}

/* Look again when a reason to hold I/O ends that has not ended yet. */
static void mpath_arm_hold_timer(struct mpath_head *head)
{
	/* A removal for which there is no number of seconds is a negative one. */
	int secs[] = { head->no_path_timeout, head->delayed_removal_secs };
	unsigned long end, delay = MAX_JIFFY_OFFSET;
	int i;

	lockdep_assert_held(&head->lock);
	for (i = 0; i < ARRAY_SIZE(secs); i++) {
		end = head->no_path_since + secs[i] * HZ;
		if (secs[i] > 0 && time_after(end, jiffies))
			delay = min(delay, end - jiffies);
	}
	if (delay != MAX_JIFFY_OFFSET)
		mod_delayed_work(mpath_wq, &head->no_path_work, delay);
}

/*
 * The clock starts with the first look that finds no usable path. 0 means
 * that it does not run, so a start at jiffies 0 is moved by one.
 */
static void mpath_hold(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	if (!head->no_path_since)
		WRITE_ONCE(head->no_path_since, jiffies ?: 1);
	mpath_arm_hold_timer(head);
}

static void mpath_end_hold(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	WRITE_ONCE(head->no_path_since, 0);
	cancel_delayed_work(&head->no_path_work);
}

static bool mpath_hold_time_runs(struct mpath_head *head,
				 enum mpath_head_state state)
{
	bool runs;
	int srcu_idx;

	if (mpath_state_is_usable(state))
		return false;
	srcu_idx = srcu_read_lock(&head->srcu);
	runs = !mpath_is_transitioning(head);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return runs;
}

/* Does a path that is asked at this moment keep the head from a better state? */
static bool mpath_is_settling(struct mpath_head *head, enum mpath_head_state state)
{
	struct mpath_device *mdev;
	bool settling = false;
	int srcu_idx;

	if (!head->mpdt->is_settling || state < head->state ||
	    state > MPATH_HEAD_NO_USABLE_PATH)
		return false;
	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (head->mpdt->is_settling(mdev))
			settling = true;
	srcu_read_unlock(&head->srcu, srcu_idx);
	return settling;
}

static void mpath_update_state(struct mpath_head *head)
{
	enum mpath_head_state state = mpath_read_state(head);
	bool changed;

	lockdep_assert_held(&head->lock);
	if (!mpath_hold_time_runs(head, state)) {
		mpath_end_hold(head);
	} else {
		mpath_hold(head);
		/* What ended before the timer was set, the timer does not tell. */
		state = mpath_read_state(head);
	}

	/* What it is at the moment when it goes is not a state of it. */
	changed = state != head->state && !mpath_is_settling(head, state) &&
		  !mpath_removal_is_due(head);
	if (changed) {
		trace_mpath_state(head, head->state, state);
		WRITE_ONCE(head->state, state);
	}
	/* Before anybody is told, who may wait for what is held. */
	if (state != MPATH_HEAD_NO_USABLE_PATH)
		mpath_schedule_requeue_work(head);
	if (changed)
		mpath_announce_state(head);
	mpath_arm_removal(head);
	if (mpath_state_is_usable(state))
		mpath_queue_due_scan(head);
	/* A path that is back may lack the key. */
	if (head->pr_key)
		queue_delayed_work(mpath_pr_wq, &head->pr_work, 0);
}

/* The event takes memory, which must not wait for I/O that is held here. */
static void mpath_look_at_state(struct mpath_head *head)
{
	unsigned int noio = memalloc_noio_save();

	mutex_lock(&head->lock);
	mpath_update_state(head);
	mutex_unlock(&head->lock);
	memalloc_noio_restore(noio);
}

void mpath_state_work(struct work_struct *work)
{
	mpath_look_at_state(container_of(work, struct mpath_head, state_work));
}

void mpath_no_path_work(struct work_struct *work)
{
	mpath_look_at_state(container_of(work, struct mpath_head,
					 no_path_work.work));
}

/**
 * mpath_path_changed() - something about a path changed
 * @head: the head
 *
 * To be called after whatever is_disabled, is_optimized, available_path or
 * access_state answer has changed for a path. The head's state follows, I/O
 * that waits is sent on when a path is usable, the hold time starts when none
 * is.
 *
 * Context: any, interrupts included.
 */
void mpath_path_changed(struct mpath_head *head)
{
	/* The work may be too late to see it, and the clock of an earlier loss runs. */
	if (READ_ONCE(head->no_path_since) && mpath_head_is_usable(head))
		WRITE_ONCE(head->no_path_since, 0);
	queue_work(mpath_wq, &head->state_work);
}
EXPORT_SYMBOL_GPL(mpath_path_changed);

/**
 * mpath_set_no_path_timeout() - how long to hold I/O while no path is usable
 * @head: the head
 * @secs: 0 to %MPATH_NO_PATH_TIMEOUT_MAX seconds, or -1 for no end
 *
 * A hold that is under way is measured by the new time, from its start.
 *
 * Context: process context; takes the head's lock.
 * Return: 0, or -EINVAL if @secs is out of range; then nothing changes.
 */
int mpath_set_no_path_timeout(struct mpath_head *head, int secs)
{
	if (secs < -1 || secs > MPATH_NO_PATH_TIMEOUT_MAX)
		return -EINVAL;

	mutex_lock(&head->lock);
	WRITE_ONCE(head->no_path_timeout, secs);
	mutex_unlock(&head->lock);
	/* What is held may have lost its reason to be, and the timer moves. */
	mpath_path_changed(head);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_set_no_path_timeout);
