// SPDX-License-Identifier: GPL-2.0
/*
 * queue-depth: the path whose queue holds the fewest commands. The driver
 * says by mpath_device.nr_active what shares a queue.
 */
#include "internal.h"

struct mpath_device *mpath_qd_path(struct mpath_head *head)
{
	enum mpath_access_state state, best_state = MPATH_STATE_OTHER;
	struct mpath_device *mdev, *best = NULL;
	int depth, best_depth = INT_MAX;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		state = READ_ONCE(mdev->access_state);
		if (state > best_state || !mpath_path_is_usable(head, mdev))
			continue;
		depth = atomic_read(mdev->nr_active);
		if (state < best_state || depth < best_depth) {
			best = mdev;
			best_state = state;
			best_depth = depth;
		}
		if (best_state == MPATH_STATE_OPTIMIZED && !best_depth)
			break;
	}
	return best;
}
