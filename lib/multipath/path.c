// SPDX-License-Identifier: GPL-2.0
/*
 * Paths: how they come, how they go, and who remembers them meanwhile.
 *
 * A path is found through the head's list or through current_path[], both
 * under SRCU. It goes in this order, so that nobody can remember it anew:
 *
 *	mpath_delete_device()		a submitter, under SRCU
 *	(driver: is_disabled is true)
 *	takes it off the list
 *	synchronize			may still store it in current_path[]
 *	clears current_path[]
 *	synchronize			may still use what it read there
 *	waits for its clones
 */
#include <linux/export.h>
#include <linux/slab.h>

#include "internal.h"

static void mpath_device_release(struct percpu_ref *ref)
{
	struct mpath_device *mdev = container_of(ref, struct mpath_device, ref);

	complete(&mdev->drained);
}

/**
 * mpath_add_device() - give a head one more path
 * @head: the head
 * @mdev: the path, zeroed or given back by mpath_delete_device(); the driver
 *	has set access_state, and is_disabled() answers for it from now on
 * @disk: the path's own disk; the caller keeps it until
 *	mpath_delete_device() has returned
 * @numa_node: the node of the path's hardware, or NUMA_NO_NODE
 * @nr_active: the counter of commands in flight of whatever the path shares a
 *	queue with; kept as long as @disk
 *
 * The path may get I/O before this returns. A removal of the head that was
 * pending is none any more.
 *
 * Context: process context; takes the head's lock.
 * Return: 0, -EINVAL if @disk or @nr_active is missing, -ENOMEM.
 */
int mpath_add_device(struct mpath_head *head, struct mpath_device *mdev,
		     struct gendisk *disk, int numa_node, atomic_t *nr_active)
{
	int ret;

	if (!disk || !nr_active)
		return -EINVAL;

	ret = percpu_ref_init(&mdev->ref, mpath_device_release,
			      PERCPU_REF_ALLOW_REINIT, GFP_KERNEL);
	if (ret)
		return ret;
	init_completion(&mdev->drained);
	INIT_WORK(&mdev->send_work, mpath_send_work);
	mdev->mpath_head = head;
	mdev->disk = disk;
	mdev->numa_node = numa_node;
	mdev->nr_active = nr_active;

	mutex_lock(&head->lock);
	mpath_cancel_removal(head);
	/* Of a key nobody has told the target through this path. */
	if (head->pr_key)
		set_bit(MPATH_DEVICE_UNREGISTERED, &mdev->flags);
	list_add_tail_rcu(&mdev->siblings, &head->dev_list);
	mutex_unlock(&head->lock);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_add_device);

/*
 * When this returns no submitter chooses the path any more, or is about to use
 * its choice: the path is off the list, or disabled.
 */
static void mpath_forget_path(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;

	synchronize_srcu(&head->srcu);
	if (mpath_clear_current_path(mdev))
		synchronize_srcu(&head->srcu);
}

/**
 * mpath_drain_device() - wait until a path has no I/O
 * @mdev: a path given to mpath_add_device(); is_disabled() is true for it, and
 *	stays so meanwhile
 *
 * The path keeps its place, and may be used again as soon as is_disabled() is
 * false. Bios that wait are sent to the other paths.
 *
 * Context: process context; sleeps until the clones on the path have completed,
 * or a signal comes. Not at the same time as mpath_delete_device() or another
 * one of this for the same path.
 * Return: 0, or -ERESTARTSYS if a signal came first.
 */
int mpath_drain_device(struct mpath_device *mdev)
{
	int ret;

	mpath_forget_path(mdev);
	mpath_path_changed(mdev->mpath_head);

	reinit_completion(&mdev->drained);
	percpu_ref_kill(&mdev->ref);
	ret = wait_for_completion_interruptible(&mdev->drained);
	percpu_ref_resurrect(&mdev->ref);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_drain_device);

/**
 * mpath_delete_device() - take a path away from its head
 * @mdev: a path given to mpath_add_device(); is_disabled() is true for it
 *
 * When this returns no bio and no lookup knows the path, and its memory and
 * disk may go. Bios that wait are sent to the paths that are left.
 *
 * Context: process context; takes the head's lock. Sleeps until the clones on
 * the path have completed: as long as the path's own driver takes to complete
 * or fail them; and until what waits for room in its queue has got it.
 * Return: true if the head has no path left.
 */
bool mpath_delete_device(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;
	bool empty;

	mutex_lock(&head->lock);
	/* Whoever finds the list empty may delete the disk. */
	mpath_unlink_path(mdev);
	list_del_rcu(&mdev->siblings);
	empty = list_empty(&head->dev_list);
	mutex_unlock(&head->lock);

	mpath_forget_path(mdev);

	/* If the unit goes with its last path, that is not a state of it. */
	if (empty && !mpath_head_queue_if_no_path(head))
		mpath_schedule_requeue_work(head);
	else
		mpath_path_changed(head);

	reinit_completion(&mdev->drained);
	percpu_ref_kill(&mdev->ref);
	wait_for_completion(&mdev->drained);
	/* Nobody finds the path any more who could queue it. */
	cancel_work_sync(&mdev->send_work);
	percpu_ref_exit(&mdev->ref);
	mdev->flags = 0;
	return empty;
}
EXPORT_SYMBOL_GPL(mpath_delete_device);

/**
 * mpath_head_devices_empty() - has the head no path?
 * @head: the head
 *
 * Context: any.
 * Return: true if no path is on the list. The answer holds only while the
 * caller keeps paths from being added.
 */
bool mpath_head_devices_empty(struct mpath_head *head)
{
	return list_empty(&head->dev_list);
}
EXPORT_SYMBOL_GPL(mpath_head_devices_empty);

/**
 * mpath_call_for_device() - do something with the path I/O would take now
 * @head: the head
 * @cb: called under SRCU with that path, which cannot go meanwhile
 *
 * Context: process context; may sleep if @cb does.
 * Return: what @cb returned, or -EWOULDBLOCK if no path is usable.
 */
int mpath_call_for_device(struct mpath_head *head,
			  int (*cb)(struct mpath_device *mdev))
{
	struct mpath_device *mdev;
	int ret = -EWOULDBLOCK;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	mdev = mpath_find_path(head);
	if (mdev)
		ret = cb(mdev);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_call_for_device);

/**
 * mpath_find_device() - the first path, usable or not, of which something is so
 * @head: the head
 * @match: says whether it is
 * @arg: for @match
 *
 * Context: any that may take an SRCU read lock; the caller holds that of the head,
 * and the path cannot go meanwhile.
 * Return: the path, or NULL.
 */
struct mpath_device *mpath_find_device(struct mpath_head *head,
				       bool (*match)(struct mpath_device *mdev,
						     const void *arg),
				       const void *arg)
{
	struct mpath_device *mdev;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (match(mdev, arg))
			return mdev;
	return NULL;
}
EXPORT_SYMBOL_GPL(mpath_find_device);

/**
 * mpath_call_for_all_devices() - do something with every path
 * @head: the head
 * @cb: called under SRCU with each path, usable or not
 *
 * Context: process context; may sleep if @cb does.
 */
void mpath_call_for_all_devices(struct mpath_head *head,
				void (*cb)(struct mpath_device *mdev))
{
	struct mpath_device *mdev;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		cb(mdev);
	srcu_read_unlock(&head->srcu, srcu_idx);
}
EXPORT_SYMBOL_GPL(mpath_call_for_all_devices);

/*
 * The path for what a user asks other than I/O, under SRCU, or NULL. Who has a
 * dead disk open may still ask; the driver's policy may have gone with it.
 */
struct mpath_device *mpath_find_live_path(struct mpath_head *head)
{
	if (!test_bit(MPATH_HEAD_DISK_LIVE, &head->flags))
		return NULL;
	return mpath_find_path(head);
}

/*
 * The same with a reference for mpath_device_put(). The path may fail, but it
 * does not go: mpath_delete_device() waits.
 */
struct mpath_device *mpath_get_path(struct mpath_head *head)
{
	struct mpath_device *mdev;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	mdev = mpath_find_live_path(head);
	if (mdev)
		percpu_ref_get(&mdev->ref);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return mdev;
}

/*
 * All paths that the driver does not keep from being used, each with a
 * reference, in an array for mpath_put_all_paths(); NULL without memory. The
 * lock keeps the list and, as only a path that is disabled is drained, the
 * references.
 */
struct mpath_device **mpath_get_all_paths(struct mpath_head *head,
					  unsigned int *nr)
{
	struct mpath_device *mdev, **paths;

	*nr = 0;
	mutex_lock(&head->lock);
	paths = kcalloc(max(list_count_nodes(&head->dev_list), 1),
			sizeof(*paths), GFP_NOIO);
	if (paths) {
		list_for_each_entry(mdev, &head->dev_list, siblings) {
			if (head->mpdt->is_disabled(mdev))
				continue;
			percpu_ref_get(&mdev->ref);
			paths[(*nr)++] = mdev;
		}
	}
	mutex_unlock(&head->lock);
	return paths;
}

void mpath_put_all_paths(struct mpath_device **paths, unsigned int nr)
{
	while (nr)
		mpath_device_put(paths[--nr]);
	kfree(paths);
}

/**
 * mpath_clear_current_path() - forget that a path was chosen
 * @mdev: the path
 *
 * A submitter that has already read the choice may use it once more: where
 * that matters, mpath_synchronize() waits for it.
 *
 * Context: any.
 * Return: true if the path was the choice of any node.
 */
bool mpath_clear_current_path(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;
	bool changed = false;
	int node;

	for (node = 0; node < nr_node_ids; node++) {
		struct mpath_device __rcu **slot = &head->current_path[node];

		if (mdev == rcu_access_pointer(*slot)) {
			RCU_INIT_POINTER(*slot, NULL);
			changed = true;
		}
	}
	return changed;
}
EXPORT_SYMBOL_GPL(mpath_clear_current_path);

/**
 * mpath_clear_paths() - forget every choice of a path
 * @head: the head
 *
 * Context: any.
 */
void mpath_clear_paths(struct mpath_head *head)
{
	int node;

	for (node = 0; node < nr_node_ids; node++)
		RCU_INIT_POINTER(head->current_path[node], NULL);
}
EXPORT_SYMBOL_GPL(mpath_clear_paths);

/**
 * mpath_synchronize() - wait until no submitter uses what it chose before
 * @head: the head
 *
 * Context: process context; sleeps.
 */
void mpath_synchronize(struct mpath_head *head)
{
	synchronize_srcu(&head->srcu);
}
EXPORT_SYMBOL_GPL(mpath_synchronize);
