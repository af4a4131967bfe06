// SPDX-License-Identifier: GPL-2.0
/*
 * round-robin: each CPU takes the best paths in turn. The cursor is per CPU,
 * so that no cache line is written by all of them, and it is only compared
 * with the paths of the list: the walk ends however the list changes.
 */
#include <linux/percpu.h>

#include "internal.h"

/**
 * struct rr_round - what one walk finds among the paths of one access state
 * @first: the first usable path
 * @next: the first usable path behind the last one used
 */
struct rr_round {
	struct mpath_device *first;
	struct mpath_device *next;
};

struct mpath_device *mpath_rr_path(struct mpath_head *head)
{
	struct rr_round rounds[MPATH_STATE_OTHER] = {};
	const struct mpath_device *last;
	struct mpath_device *mdev;
	struct rr_round *round;
	bool passed = false;

	last = this_cpu_read(head->rr_cursor->last);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (mpath_path_is_usable(head, mdev)) {
			/* The state may have changed since: look only once. */
			unsigned int state = READ_ONCE(mdev->access_state);

			if (state < MPATH_STATE_OTHER) {
				round = &rounds[state];
				if (!round->first)
					round->first = mdev;
				if (passed && !round->next)
					round->next = mdev;
			}
		}
		if (mdev == last)
			passed = true;
	}

	round = &rounds[MPATH_STATE_OPTIMIZED];
	if (!round->first)
		round = &rounds[MPATH_STATE_NONOPTIMIZED];
	mdev = round->next ?: round->first;
	if (mdev && mdev != last)
		this_cpu_write(head->rr_cursor->last, mdev);
	return mdev;
}
