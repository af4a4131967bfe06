// SPDX-License-Identifier: GPL-2.0
/* Queue limits and capacity of a unit: what all its paths can do. */
#include "scsi_mpath.h"

/**
 * scsi_mpath_stack_limits() - limit a unit to what one more path can do
 * @lim: the limits of the unit
 * @bdev: the disk of the path
 * @first: it is the first one
 *
 * Context: any.
 */
void scsi_mpath_stack_limits(struct queue_limits *lim,
			     struct block_device *bdev, bool first)
{
	if (first) {
		blk_set_stacking_limits(lim);
		lim->features |= BLK_FEAT_IO_STAT | BLK_FEAT_NOWAIT |
				 BLK_FEAT_ATOMIC_WRITES;
	}
	queue_limits_stack_bdev(lim, bdev, 0, "scsi_mpath");
	mpath_compat_stack_atomic(lim, &bdev_get_queue(bdev)->limits, first);
}

/**
 * scsi_mpath_update_limits() - the paths of a unit, or their limits, changed
 * @lu: the unit; its disk exists
 *
 * Context: process context; the caller holds lu->lock. Waits until the bios
 * that are being submitted have been; bios that are held do not count.
 */
void scsi_mpath_update_limits(struct scsi_mpath_lu *lu)
{
	struct request_queue *q = lu->head->disk->queue;
	struct queue_limits lim, old;
	struct scsi_mpath_path *path;
	bool first = true;

	lockdep_assert_held(&lu->lock);
	old = queue_limits_start_update(q);
	lim = old;
	list_for_each_entry(path, &lu->paths, lu_entry) {
		scsi_mpath_stack_limits(&lim, path->mdev.disk->part0, first);
		first = false;
	}
	/* What the admin has set stays set. */
	lim.max_user_sectors = old.max_user_sectors;
	lim.max_user_discard_sectors = old.max_user_discard_sectors;
	if (queue_limits_commit_update_frozen(q, &lim))
		pr_warn("%s: the limits of the paths do not fit together, they stay as they were\n",
			lu->head->disk->disk_name);
}

static void scsi_mpath_flag_mismatch(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	if (!test_and_set_bit(PATH_MISMATCH, &path->flags))
		pr_warn_ratelimited("%s: its size is not that of %s, not used until it is\n",
				    path_name(path),
				    mdev->mpath_head->disk->disk_name);
}

/**
 * scsi_mpath_update_capacity() - follow the size of the paths
 * @lu: the unit
 *
 * The unit has a new size when all its paths agree on it; until then those
 * that differ are not used.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_update_capacity(struct scsi_mpath_lu *lu)
{
	sector_t size = 0, old = get_capacity(lu->head->disk);
	bool agree = true, mismatch = false;
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		sector_t capacity = get_capacity(path->mdev.disk);

		agree = agree && (!size || capacity == size);
		size = capacity;
		mismatch = mismatch || test_bit(PATH_MISMATCH, &path->flags);
	}
	if (agree && size == old && !mismatch)
		return;

	if (agree && size && size != old) {
		set_capacity_and_notify(lu->head->disk, size);
		pr_info("%s: size is now %llu sectors\n",
			lu->head->disk->disk_name, (unsigned long long)size);
	}
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (get_capacity(path->mdev.disk) == get_capacity(lu->head->disk))
			clear_bit(PATH_MISMATCH, &path->flags);
	mpath_revalidate_paths(lu->head, scsi_mpath_flag_mismatch);
}
