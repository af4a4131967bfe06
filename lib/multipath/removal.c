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
 */
#include <linux/export.h>
#include <linux/module.h>

#include "internal.h"

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

static void mpath_arm_removal(struct mpath_head *head, unsigned int secs)
{
	lockdep_assert_held(&head->lock);
	/* Dropped by the work, or by mpath_cancel_removal(). */
	kref_get(&head->ref);
	if (!queue_delayed_work(mpath_remove_wq, &head->remove_work, secs * HZ))
		mpath_put_head(head);
}

void mpath_remove_work(struct work_struct *work)
{
	struct mpath_head *head =
		container_of(work, struct mpath_head, remove_work.work);
	bool pending;

	mutex_lock(&head->lock);
	pending = test_and_clear_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags);
	mutex_unlock(&head->lock);

	if (pending) {
		head->mpdt->remove_head(head);
		module_put(head->drv_module);
	}
	mpath_put_head(head);
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
	unsigned int secs;
	bool ret = false;

	mutex_lock(&head->lock);
	secs = head->delayed_removal_secs;
	if (!list_empty(&head->dev_list) ||
	    test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags))
		goto out;
	if (secs && test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) &&
	    try_module_get(head->drv_module)) {
		set_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags);
		mpath_arm_removal(head, secs);
	} else {
		ret = true;
	}
out:
	mutex_unlock(&head->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_can_remove_head);

/**
 * mpath_set_delayed_removal() - how long the disk outlives its last path
 * @head: the head
 * @secs: 0 to %MPATH_DELAYED_REMOVAL_MAX seconds; 0 for not at all
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
	if (secs > MPATH_DELAYED_REMOVAL_MAX)
		return -EINVAL;

	mutex_lock(&head->lock);
	WRITE_ONCE(head->delayed_removal_secs, secs);
	/* Its references stay with the work, which only moves. */
	if (test_bit(MPATH_HEAD_REMOVAL_PENDING, &head->flags) &&
	    cancel_delayed_work(&head->remove_work))
		queue_delayed_work(mpath_remove_wq, &head->remove_work, secs * HZ);
	mutex_unlock(&head->lock);
	/* What is held may have lost its reason to be. */
	mpath_path_changed(head);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_set_delayed_removal);
