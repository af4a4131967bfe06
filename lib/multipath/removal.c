// SPDX-License-Identifier: GPL-2.0
/*
 * How a head's disk goes, at once or some time after its last path.
 *
 * A removal that is pending owns a reference on the driver's module, as it
 * will call the driver. Who clears MPATH_HEAD_REMOVAL_PENDING, under the
 * head's lock, drops it: a path that comes back, or the removal itself. The
 * queued work owns a reference on the head, dropped by the work, or by who
 * cancels it before it runs. So it may start late and find nothing to do, and
 * nobody needs to wait for it, least of all the driver that it has called:
 *
 *	a path comes back		remove_work
 *					runs, has not yet the lock
 *	clears PENDING, puts the module
 *	cannot cancel the work
 *					not PENDING: puts the head
 *
 * When the removal is due is asked anew by whoever has the lock, and is not
 * what the timer was set to: the settings may have changed, or the removal may
 * be another one than that for which a late work was queued. Then that work
 * only sets the timer.
 *
 * A disk that stays as long as it is in use may be closed at any moment. Its
 * last user looks for a pending removal after he does not count any more, and
 * who makes a removal pending counts users after that:
 *
 *	the last close			the last path goes
 *	users: 0			sets PENDING
 *	full barrier			full barrier
 *	PENDING? state_work		users? if there are none, it goes now
 *
 * One of them sees the other. Who opens the disk when it was found unused gets
 * a dead one, as if he had come after it went.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/module.h>

#include "internal.h"

/* In place of a number of jiffies. */
#define MPATH_NO_END	ULONG_MAX

/**
 * mpath_remove_disk() - the unit is gone: take its disk away
 * @head: the head; its paths have been deleted, or came too late and will be
 *
 * Whoever has the disk open keeps a dead disk. What waits for a path fails
 * before anything here waits for it: a partition scan or a file system may.
 * A removal that was pending is none any more. The head never gets its disk
 * back.
 *
 * Context: process context; sleeps.
 */
void mpath_remove_disk(struct mpath_head *head)
{
	struct mpath_device *mdev;
	bool live;

	mutex_lock(&head->disk_lock);
	set_bit(MPATH_HEAD_DISK_REMOVED, &head->flags);
	live = test_and_clear_bit(MPATH_HEAD_DISK_LIVE, &head->flags);
	mutex_unlock(&head->disk_lock);

	mutex_lock(&head->lock);
	mpath_cancel_removal(head);
	list_for_each_entry(mdev, &head->dev_list, siblings)
		mpath_unlink_path(mdev);
	mutex_unlock(&head->lock);
	if (!live)
		return;

	/* Who has seen the disk live is on the requeue list after this. */
	synchronize_srcu(&head->srcu);
	mpath_schedule_requeue_work(head);

	if (test_and_clear_bit(MPATH_HEAD_CDEV_ADDED, &head->flags))
		head->mpdt->del_cdev(head);
	blk_mark_disk_dead(head->disk);
	/* The state work may find it due. */
	disable_work_sync(&head->partition_scan_work);
	del_gendisk(head->disk);
}
EXPORT_SYMBOL_GPL(mpath_remove_disk);

/**
 * mpath_put_disk() - drop the driver's hold on the disk
 * @head: the head, after mpath_remove_disk(), or with a disk that never was
 *	live
 *
 * Context: process context; sleeps until the head's work items have ended,
 * not for users of the disk. May be called by the remove_head callback.
 */
void mpath_put_disk(struct mpath_head *head)
{
	/* They queue each other: what only is cancelled may be queued again. */
	disable_delayed_work_sync(&head->pr_work);
	disable_delayed_work_sync(&head->no_path_work);
	disable_work_sync(&head->state_work);
	disable_delayed_work_sync(&head->retry_work);
	mpath_schedule_requeue_work(head);
	flush_work(&head->requeue_work);
	put_disk(head->disk);
}
EXPORT_SYMBOL_GPL(mpath_put_disk);

/* A path came back, or the disk goes for another reason. */
void mpath_cancel_removal(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	if (!test_and_clear_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags))
		return;
	module_put(head->drv_module);
	if (cancel_delayed_work(&head->remove_work))
		mpath_put_head(head);
}

/*
 * How long may the disk stay without a path? In jiffies. I/O is that of users,
 * but for a partition scan, which is no reason to stay.
 */
static unsigned long mpath_removal_delay(struct mpath_head *head)
{
	unsigned int secs = head->delayed_removal_secs;

	if (secs != MPATH_REMOVAL_IN_USE)
		return secs * HZ;
	if (!atomic_read(&head->users))
		return 0;
	return head->no_path_timeout < 0 ? MPATH_NO_END :
					   head->no_path_timeout * HZ;
}

/* How long until it has to go? In jiffies; 0 if it is time. */
static unsigned long mpath_removal_time_left(struct mpath_head *head)
{
	unsigned long delay = mpath_removal_delay(head);

	lockdep_assert_held(&head->lock);
	if (delay == MPATH_NO_END)
		return MPATH_NO_END;
	if (time_after_eq(jiffies, head->removal_since + delay))
		return 0;
	return head->removal_since + delay - jiffies;
}

/*
 * Set the timer of a removal that is pending to what it is now. One that has
 * no end needs none: who closes the disk comes here.
 */
void mpath_arm_removal(struct mpath_head *head)
{
	unsigned long left;

	lockdep_assert_held(&head->lock);
	if (!test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags))
		return;
	left = mpath_removal_time_left(head);
	if (cancel_delayed_work(&head->remove_work))
		mpath_put_head(head);
	if (left == MPATH_NO_END)
		return;
	/* Dropped by the work, or by who cancels it. */
	kref_get(&head->ref);
	if (!queue_delayed_work(mpath_remove_wq, &head->remove_work, left))
		mpath_put_head(head);
}

/* Does a removal that is pending have to wait no longer? */
bool mpath_removal_is_due(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	return test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags) &&
	       !mpath_removal_time_left(head);
}

static bool mpath_take_removal(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	if (!mpath_removal_is_due(head)) {
		mpath_arm_removal(head);
		return false;
	}
	clear_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags);
	return true;
}

void mpath_remove_work(struct work_struct *work)
{
	struct mpath_head *head =
		container_of(work, struct mpath_head, remove_work.work);
	bool due;

	mutex_lock(&head->lock);
	due = mpath_take_removal(head);
	mutex_unlock(&head->lock);

	if (due) {
		head->mpdt->remove_head(head);
		module_put(head->drv_module);
	}
	mpath_put_head(head);
}

/*
 * The disk has been closed, and may have stayed for that user alone. Called
 * with locks of the block layer: waits for nothing.
 */
void mpath_disk_closed(struct mpath_head *head)
{
	/* A full barrier as well. */
	if (atomic_dec_and_test(&head->users) &&
	    test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags))
		queue_work(mpath_wq, &head->state_work);
}

/* Returns true if the removal has to wait, and will. */
static bool mpath_delay_removal(struct mpath_head *head)
{
	lockdep_assert_held(&head->lock);
	if (!test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) ||
	    !head->delayed_removal_secs || !try_module_get(head->drv_module))
		return false;
	head->removal_since = jiffies;
	set_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags);
	/* Users are counted after it was set: see above. */
	smp_mb__after_atomic();
	if (mpath_removal_delay(head)) {
		mpath_arm_removal(head);
		/* It may have been opened since its last path went. */
		mpath_path_changed(head);
		return true;
	}
	clear_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags);
	module_put(head->drv_module);
	return false;
}

/**
 * mpath_can_remove_head() - the last path is gone: may the disk go too?
 * @head: the head
 *
 * If the removal is delayed, and the head has no path, its time starts, and
 * the remove_head callback is called when it is over. mpath_add_device() ends
 * it. While it runs the driver's module is pinned. Called again meanwhile,
 * this changes nothing.
 *
 * Context: process context; takes the head's lock.
 * Return: true if the driver shall remove the disk now, false if a path is
 * there again, or the library will ask for it.
 */
bool mpath_can_remove_head(struct mpath_head *head)
{
	bool ret;

	mutex_lock(&head->lock);
	ret = list_empty(&head->dev_list) &&
	      !test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags) &&
	      !mpath_delay_removal(head);
	mutex_unlock(&head->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_can_remove_head);

/**
 * mpath_outlives_paths() - does the disk stay without a path, as it is in use?
 * @head: the head; its disk exists
 *
 * What a driver answers as available_path for a path that is about to go, and
 * may come anew.
 *
 * Context: any.
 * Return: true if a removal would have to wait for a user of the disk.
 */
bool mpath_outlives_paths(struct mpath_head *head)
{
	return READ_ONCE(head->delayed_removal_secs) == MPATH_REMOVAL_IN_USE &&
	       READ_ONCE(head->no_path_timeout) && atomic_read(&head->users);
}
EXPORT_SYMBOL_GPL(mpath_outlives_paths);

/**
 * mpath_set_delayed_removal() - how long the disk outlives its last path
 * @head: the head
 * @secs: 0 to %MPATH_DELAYED_REMOVAL_MAX seconds; 0 for not at all; or
 *	%MPATH_REMOVAL_IN_USE
 *
 * A removal that is pending gets the new time from now on; with 0 it is done
 * at once.
 *
 * Context: process context; takes the head's lock.
 * Return: 0, -EINVAL if @secs is out of range, -EOPNOTSUPP if the driver has
 * no remove_head callback; then nothing changes.
 */
int mpath_set_delayed_removal(struct mpath_head *head, unsigned int secs)
{
	if (!head->mpdt->remove_head)
		return -EOPNOTSUPP;
	if (secs > MPATH_DELAYED_REMOVAL_MAX && secs != MPATH_REMOVAL_IN_USE)
		return -EINVAL;

	mutex_lock(&head->lock);
	WRITE_ONCE(head->delayed_removal_secs, secs);
	head->removal_since = jiffies;
	mpath_arm_removal(head);
	mutex_unlock(&head->lock);
	/* What is held may have lost its reason to be. */
	mpath_path_changed(head);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_set_delayed_removal);
