// SPDX-License-Identifier: GPL-2.0
/*
 * numa: I/O takes the path closest to the CPU that submits it, and stays on
 * it. Each node remembers its choice, so that the usual bio costs one look.
 */
#include <linux/topology.h>

#include "internal.h"

static int mpath_distance(int node, const struct mpath_device *mdev)
{
	if (mdev->numa_node == NUMA_NO_NODE)
		return LOCAL_DISTANCE;
	return node_distance(node, mdev->numa_node);
}

static struct mpath_device *mpath_numa_search(struct mpath_head *head,
					      int node)
{
	struct mpath_device *mdev, *best = NULL;
	int best_distance = INT_MAX, distance;
	enum mpath_access_state state, best_state = MPATH_STATE_OTHER;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		state = READ_ONCE(mdev->access_state);
		if (state > best_state || !mpath_path_is_usable(head, mdev))
			continue;
		distance = mpath_distance(node, mdev);
		if (state < best_state || distance < best_distance) {
			best = mdev;
			best_state = state;
			best_distance = distance;
		}
	}
	return best;
}

/* Not inline: the usual bio shall not save registers for it. */
static noinline struct mpath_device *mpath_numa_choose(struct mpath_head *head,
						       int node)
{
	struct mpath_device *mdev = mpath_numa_search(head, node);

	if (mdev != rcu_access_pointer(head->current_path[node]))
		rcu_assign_pointer(head->current_path[node], mdev);
	return mdev;
}

/*
 * A remembered path that is not optimized is looked up again each time, so
 * that I/O returns to a better path as soon as there is one.
 */
struct mpath_device *mpath_numa_path(struct mpath_head *head)
{
	int node = numa_node_id();
	struct mpath_device *old;

	old = srcu_dereference(head->current_path[node], &head->srcu);
	if (likely(old) && !(READ_ONCE(old->flags) & MPATH_DEVICE_UNFIT) &&
	    head->mpdt->is_optimized(old))
		return old;
	return mpath_numa_choose(head, node);
}
