// SPDX-License-Identifier: GPL-2.0
/*
 * round-robin: each CPU takes the best paths in turn. The cursor is per CPU,
 * so that no cache line is written by all of them, and it is only compared
 * with the paths of the list: the walk ends however the list changes.
 */
#include <linux/percpu.h>

#include "internal.h"

/* Is @mdev the one to take? One that is only usable is kept in @second. */
static bool mpath_rr_takes(const struct mpath_head *head,
			   struct mpath_device *mdev,
			   struct mpath_device **second)
{
	/* The state may change meanwhile: look only once. */
	enum mpath_access_state state = READ_ONCE(mdev->access_state);

	if (!mpath_path_is_usable(head, mdev))
		return false;
	if (state == MPATH_STATE_NONOPTIMIZED && !*second)
		*second = mdev;
	return state == MPATH_STATE_OPTIMIZED;
}

/* Those behind the path used last, then the others up to that path itself. */
static struct mpath_device *mpath_rr_search(struct mpath_head *head,
					    const struct mpath_device *last)
{
	struct mpath_device *mdev, *second = NULL;
	bool passed = false;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (passed && mpath_rr_takes(head, mdev, &second))
			return mdev;
		if (mdev == last)
			passed = true;
	}
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (mpath_rr_takes(head, mdev, &second))
			return mdev;
		if (mdev == last)
			break;
	}
	return second;
}

struct mpath_device *mpath_rr_path(struct mpath_head *head)
{
	const struct mpath_device *last = this_cpu_read(head->rr_cursor->last);
	struct mpath_device *mdev = mpath_rr_search(head, last);

	if (mdev && mdev != last)
		this_cpu_write(head->rr_cursor->last, mdev);
	return mdev;
}
