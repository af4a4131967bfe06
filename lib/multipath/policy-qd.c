// SPDX-License-Identifier: GPL-2.0
/*
 * queue-depth: the path whose queue holds the fewest commands. The driver
 * says by mpath_device.nr_active what shares a queue.
 */
#include "internal.h"

/* Less is better: the state first, then what waits there. */
static u64 mpath_qd_rank(const struct mpath_device *mdev)
{
	return (u64)READ_ONCE(mdev->access_state) << 32 |
	       (u32)atomic_read(mdev->nr_active);
}

struct mpath_device *mpath_qd_path(struct mpath_head *head)
{
	struct mpath_device *mdev, *best = NULL;
	u64 rank, best_rank = U64_MAX;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		rank = mpath_qd_rank(mdev);
		if (rank >= best_rank || !mpath_path_is_usable(head, mdev))
			continue;
		best = mdev;
		best_rank = rank;
		/* None can be better than an idle one that is optimized. */
		if (!rank)
			break;
	}
	return best;
}
