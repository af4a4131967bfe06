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

#include "internal.h"

static void mpath_device_release(struct percpu_ref *ref)
{
	struct mpath_device *mdev = container_of(ref, struct mpath_device, ref);

	complete(&mdev->drained);
}

/**
 * mpath_add_device() - give a head one more path
 * @head: the head
 * @mdev: the path, zeroed or returned by mpath_delete_device(); the driver
 *	has set access_state, and is_disabled() answers for it from now on
 * @disk: the path's own disk; the caller keeps it until
 *	mpath_delete_device() has returned
 * @numa_node: the node of the path's hardware, or NUMA_NO_NODE
 * @nr_active: the counter of commands in flight of whatever the path shares a
 *	queue with; kept as long as @disk
 *
 * The path may get I/O before this returns.
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

	ret = percpu_ref_init(&mdev->ref, mpath_device_release, 0, GFP_KERNEL);
	if (ret)
		return ret;
	init_completion(&mdev->drained);
	mdev->mpath_head = head;
	mdev->disk = disk;
	mdev->numa_node = numa_node;
	mdev->nr_active = nr_active;

	mutex_lock(&head->lock);
	list_add_tail_rcu(&mdev->siblings, &head->dev_list);
	mutex_unlock(&head->lock);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_add_device);

/**
 * mpath_delete_device() - take a path away from its head
 * @mdev: a path given to mpath_add_device(); is_disabled() is true for it
 *
 * When this returns no bio and no lookup knows the path, and its memory and
 * disk may go. Bios that wait are sent to the paths that are left.
 *
 * Context: process context; takes the head's lock. Sleeps until the clones on
 * the path have completed: as long as the path's own driver takes to complete
 * or fail them.
 * Return: true if the head has no path left.
 */
bool mpath_delete_device(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;
	bool empty;

	mutex_lock(&head->lock);
	list_del_rcu(&mdev->siblings);
	empty = list_empty(&head->dev_list);
	mutex_unlock(&head->lock);

	synchronize_srcu(&head->srcu);
	if (mpath_clear_current_path(mdev))
		synchronize_srcu(&head->srcu);

	mpath_remove_sysfs_link(mdev);
	/* With the last path the unit goes: that is not a state of it. */
	if (empty)
		mpath_schedule_requeue_work(head);
	else
		mpath_path_changed(head);

	percpu_ref_kill(&mdev->ref);
	wait_for_completion(&mdev->drained);
	percpu_ref_exit(&mdev->ref);
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

/**
 * mpath_revalidate_paths() - the unit's capacity changed: look at its paths
 * @head: the head
 * @not_ready_cb: called under SRCU for each path whose capacity is not that of
 *	the head; must make is_disabled() true for it, and must not sleep
 *
 * Context: process context.
 */
void mpath_revalidate_paths(struct mpath_head *head,
			    void (*not_ready_cb)(struct mpath_device *mdev))
{
	sector_t capacity = get_capacity(head->disk);
	struct mpath_device *mdev;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (get_capacity(mdev->disk) != capacity)
			not_ready_cb(mdev);
	srcu_read_unlock(&head->srcu, srcu_idx);

	mpath_clear_paths(head);
	mpath_path_changed(head);
}
EXPORT_SYMBOL_GPL(mpath_revalidate_paths);
