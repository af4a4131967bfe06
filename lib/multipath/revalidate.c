// SPDX-License-Identifier: GPL-2.0
/*
 * The disk of a head is what all its paths can do: capacity, limits, integrity
 * profile, zones, and whether it may be written.
 */
#include <linux/backing-dev.h>
#include <linux/blk-integrity.h>
#include <linux/export.h>

#include "internal.h"

/* What sysfs lets an admin change of a queue's features. */
#define MPATH_USER_FEATURES	(BLK_FEAT_IO_STAT | BLK_FEAT_ROTATIONAL | \
				 BLK_FEAT_ADD_RANDOM | BLK_FEAT_STABLE_WRITES)

static void mpath_init_limits(struct queue_limits *lim)
{
	blk_set_stacking_limits(lim);
	/* That of the paths counts, and not what a disk has that names none. */
	lim->dma_alignment = 0;
	lim->features |= BLK_FEAT_IO_STAT | BLK_FEAT_NOWAIT |
			 BLK_FEAT_ATOMIC_WRITES;
}

/*
 * The block layer passes over a path that does not discard or erase, which may
 * also be because its driver has found out that the target refuses to.
 */
static void mpath_stack_discard(struct queue_limits *lim,
				const struct queue_limits *path,
				bool discards, bool erases)
{
	if (!discards || !path->max_discard_sectors)
		lim->max_hw_discard_sectors = 0;
	if (!erases || !path->max_secure_erase_sectors)
		lim->max_secure_erase_sectors = 0;
}

/*
 * A path whose cache an admin has called write-through sends no flushes, and
 * wants none.
 */
static void mpath_stack_cache(struct queue_limits *lim,
			      struct request_queue *path, blk_features_t before)
{
	const blk_features_t cache = BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA;

	if (!blk_queue_write_cache(path))
		lim->features = (lim->features & ~cache) | (before & cache);
}

/*
 * Paths that do not agree on a profile leave the head without one. The block
 * layer would let the next path have its own then, were this one not taken for
 * one that has been stacked already.
 */
static void mpath_stack_integrity(struct queue_limits *lim,
				  struct gendisk *disk)
{
	if (!queue_limits_stack_integrity_bdev(lim, disk->part0))
		lim->integrity.flags = BLK_INTEGRITY_STACKED;
}

/**
 * mpath_stack_limits() - limit a head's disk to what one more path can do
 * @lim: the limits of the head's disk
 * @disk: the disk of the path
 * @first: it is the first one: @lim is initialized
 *
 * A head takes REQ_NOWAIT, and counts its I/O. It does not offer polling: a
 * bio that is held has no queue to be polled.
 *
 * Context: any.
 */
void mpath_stack_limits(struct queue_limits *lim, struct gendisk *disk,
			bool first)
{
	const struct queue_limits *path = &disk->queue->limits;
	bool discards = first || lim->max_hw_discard_sectors;
	bool erases = first || lim->max_secure_erase_sectors;
	blk_features_t before;

	if (first)
		mpath_init_limits(lim);
	before = lim->features;
	queue_limits_stack_bdev(lim, disk->part0, 0, "multipath");
	lim->features &= ~BLK_FEAT_POLL;
	mpath_stack_cache(lim, disk->queue, before);
	mpath_stack_discard(lim, path, discards, erases);
	mpath_compat_stack_wzeroes(lim);
	mpath_compat_stack_atomic(lim, path, first);
	mpath_stack_integrity(lim, disk);
}
EXPORT_SYMBOL_GPL(mpath_stack_limits);

/* Returns false if the head has no path to take limits from. */
static bool mpath_stack_all_limits(struct mpath_head *head,
				   struct queue_limits *lim)
{
	struct mpath_device *mdev;
	bool first = true;

	mutex_lock(&head->lock);
	list_for_each_entry(mdev, &head->dev_list, siblings) {
		mpath_stack_limits(lim, mdev->disk, first);
		first = false;
	}
	mutex_unlock(&head->lock);
	return !first;
}

/*
 * What the admin has set stays set: of the features that is what is otherwise
 * than it was given last.
 */
static void mpath_keep_settings(struct queue_limits *lim,
				const struct queue_limits *old,
				const struct queue_limits *given)
{
	blk_features_t set = (old->features ^ given->features) &
			     MPATH_USER_FEATURES;

	lim->features = (lim->features & ~set) | (old->features & set);
	lim->flags |= old->flags & ~BLK_FLAG_MISALIGNED;
	lim->max_user_sectors = old->max_user_sectors;
	lim->max_user_discard_sectors = old->max_user_discard_sectors;
	mpath_compat_keep_user_wzeroes(lim, old);
}

/*
 * New limits make the block layer raise the readahead to what it takes for
 * right. It had its way when the disk was made.
 */
static int mpath_commit_limits(struct gendisk *disk, struct queue_limits *lim,
			       bool keep_readahead)
{
	unsigned long readahead = disk->bdi->ra_pages;
	int ret = queue_limits_commit_update_frozen(disk->queue, lim);

	if (keep_readahead)
		disk->bdi->ra_pages = readahead;
	return ret;
}

/*
 * What the block layer makes of limits differs from what it was given, so what
 * was given last is kept: without a change the queue need not be frozen.
 */
static int mpath_update_limits(struct mpath_head *head)
{
	struct request_queue *q = head->disk->queue;
	struct queue_limits lim, old, given;
	int ret;

	old = queue_limits_start_update(q);
	lim = old;
	if (!mpath_stack_all_limits(head, &lim) ||
	    !memcmp(&lim, &head->stacked, sizeof(lim))) {
		queue_limits_cancel_update(q);
		return 0;
	}
	given = lim;
	mpath_keep_settings(&lim, &old, &head->stacked);
	ret = mpath_commit_limits(head->disk, &lim,
				  given.io_opt == head->stacked.io_opt);
	if (!ret)
		head->stacked = given;
	return ret;
}

/*
 * Capacity, write protection and zones. There is a new capacity when all paths
 * agree on it. A write through a path that is read-only would fail: none is
 * taken while there is one.
 */
static void mpath_update_disk(struct mpath_head *head)
{
	struct gendisk *disk = head->disk;
	struct mpath_device *mdev;
	unsigned int zones = 0;
	bool agree = true, ro = false;
	sector_t size = 0;

	mutex_lock(&head->lock);
	if (list_empty(&head->dev_list)) {
		mutex_unlock(&head->lock);
		return;
	}
	list_for_each_entry(mdev, &head->dev_list, siblings) {
		agree = agree && (!size || get_capacity(mdev->disk) == size);
		size = get_capacity(mdev->disk);
		ro = ro || get_disk_ro(mdev->disk);
		zones = zones ?: disk_nr_zones(mdev->disk);
	}
	mutex_unlock(&head->lock);

	if (agree && size && size != get_capacity(disk))
		set_capacity_and_notify(disk, size);
	set_disk_ro(disk, ro);
#ifdef CONFIG_BLK_DEV_ZONED
	disk->nr_zones = zones;
#endif
}

/* Returns true if it was the other way round before. */
static bool mpath_flag_mismatch(struct mpath_device *mdev, sector_t capacity)
{
	if (get_capacity(mdev->disk) == capacity)
		return test_and_clear_bit(MPATH_DEVICE_MISMATCH, &mdev->flags);
	if (test_and_set_bit(MPATH_DEVICE_MISMATCH, &mdev->flags))
		return false;
	/* A disk that is on its way out has no size any more. */
	if (!mdev->mpath_head->mpdt->is_disabled(mdev))
		pr_warn_ratelimited("%s: its size is not that of %s, not used until it is\n",
				    mdev->disk->disk_name,
				    mdev->mpath_head->disk->disk_name);
	return true;
}

/**
 * mpath_revalidate_paths() - the capacity of the head or of a path changed
 * @head: the head
 * @not_ready_cb: called under SRCU for each path whose capacity is not that of
 *	the head, or NULL; must not sleep
 *
 * A path of another capacity is not used until it has the head's.
 *
 * Context: process context.
 */
void mpath_revalidate_paths(struct mpath_head *head,
			    void (*not_ready_cb)(struct mpath_device *mdev))
{
	sector_t capacity = get_capacity(head->disk);
	struct mpath_device *mdev;
	bool changed = false;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (mpath_flag_mismatch(mdev, capacity))
			changed = true;
		if (not_ready_cb && get_capacity(mdev->disk) != capacity)
			not_ready_cb(mdev);
	}
	srcu_read_unlock(&head->srcu, srcu_idx);

	if (changed || not_ready_cb) {
		mpath_clear_paths(head);
		mpath_path_changed(head);
	}
}
EXPORT_SYMBOL_GPL(mpath_revalidate_paths);

/**
 * mpath_revalidate_head() - make the head's disk what its paths are now
 * @head: the head; its disk exists
 *
 * The head has a new capacity when all its paths agree on it; until then those
 * that differ are not used. Costs little when nothing has changed, and may be
 * called whenever something might have.
 *
 * Context: process context; sleeps. Takes the head's lock. Must not run twice
 * at once for a head. If limits change, waits until the bios that are being
 * submitted have been; bios that are held do not count.
 * Return: 0, or what the block layer says of limits that do not fit together;
 * then they stay as they were, and the rest is done.
 */
int mpath_revalidate_head(struct mpath_head *head)
{
	int ret = mpath_update_limits(head);

	mpath_update_disk(head);
	mpath_revalidate_paths(head, NULL);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_revalidate_head);
