// SPDX-License-Identifier: GPL-2.0
/*
 * The disk of a head is what its paths can do: capacity, limits, integrity
 * profile, zones, and whether it may be written.
 *
 * Only a path that can be asked has a vote in that: one that is used, or could
 * be but for what is told of it here. What the disk of any other says is what
 * it was when it could be asked last. While there is none nothing changes. A
 * path that does not fit what the others have decided gets no I/O, and a driver
 * that has it asked again keeps its vote back until then.
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

/* A head keeps its block size as long as it lives: nobody asks for it again. */
static bool mpath_has_block_size(struct gendisk *head_disk,
				 struct gendisk *disk)
{
	return queue_logical_block_size(head_disk->queue) ==
	       queue_logical_block_size(disk->queue);
}

/*
 * Has a path a vote in what the head is? One that takes no I/O for the sake of
 * its access state may have been refused what it was asked for.
 */
static bool mpath_has_vote(struct mpath_head *head, struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) != MPATH_STATE_OTHER &&
	       !test_bit(MPATH_DEVICE_STALE, &mdev->flags) &&
	       !head->mpdt->is_disabled(mdev) &&
	       get_capacity(mdev->disk) &&
	       mpath_has_block_size(head->disk, mdev->disk);
}

/*
 * Has a path told of a write cache, and says now that there is none? A driver may
 * also assume so, for one because it was not told.
 */
static bool mpath_denies_cache(struct mpath_device *mdev)
{
	if (!blk_queue_write_cache(mdev->disk->queue))
		return test_bit(MPATH_DEVICE_CACHE, &mdev->flags) &&
		       !test_bit(MPATH_DEVICE_GUESS, &mdev->flags);
	set_bit(MPATH_DEVICE_CACHE, &mdev->flags);
	return false;
}

/*
 * What was written to a cache is in there, whether the path that has told of it
 * is still here or not. The others have never known of it, and their word does
 * not make it go away.
 */
static void mpath_keep_cache(struct mpath_head *head, struct queue_limits *lim)
{
	if (!(lim->features & BLK_FEAT_WRITE_CACHE))
		lim->features |= head->stacked.features &
				 (BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA);
}

/* Returns false if the head has no path to take limits from. */
static bool mpath_stack_all_limits(struct mpath_head *head,
				   struct queue_limits *lim)
{
	bool first = true, denied = false, denies;
	struct mpath_device *mdev;

	mutex_lock(&head->lock);
	list_for_each_entry(mdev, &head->dev_list, siblings) {
		denies = mpath_denies_cache(mdev);
		if (!mpath_has_vote(head, mdev))
			continue;
		mpath_stack_limits(lim, mdev->disk, first);
		first = false;
		denied = denied || denies;
	}
	mutex_unlock(&head->lock);
	if (!denied)
		mpath_keep_cache(head, lim);
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

/**
 * struct mpath_vote - what the paths say that have a vote
 * @voters: how many those are
 * @least: the smallest capacity that is not below the head's, or 0
 * @below: the capacity of those that all are below it, or 0
 * @agree: they have the same
 * @zones: of the disk
 * @ro: one of them cannot be written
 */
struct mpath_vote {
	unsigned int	voters;
	sector_t	least;
	sector_t	below;
	bool		agree;
	unsigned int	zones;
	bool		ro;
};

static void mpath_count_vote(struct mpath_vote *vote, struct gendisk *disk,
			     sector_t capacity)
{
	sector_t size = get_capacity(disk);

	vote->voters++;
	vote->ro = vote->ro || get_disk_ro(disk);
	vote->zones = vote->zones ?: disk_nr_zones(disk);
	if (size >= capacity) {
		vote->least = min_not_zero(vote->least, size);
		return;
	}
	vote->agree = !vote->below || (vote->agree && vote->below == size);
	vote->below = size;
}

static void mpath_ask_paths(struct mpath_head *head, struct mpath_vote *vote)
{
	sector_t capacity = get_capacity(head->disk);
	struct mpath_device *mdev;

	mutex_lock(&head->lock);
	list_for_each_entry(mdev, &head->dev_list, siblings)
		if (mpath_has_vote(head, mdev))
			mpath_count_vote(vote, mdev->disk, capacity);
	mutex_unlock(&head->lock);
}

/*
 * The head grows to what all paths have that are not smaller than it is. It
 * shrinks only when all say the same: what is behind its end is lost to users.
 */
static sector_t mpath_new_capacity(const struct mpath_vote *vote,
				   sector_t capacity)
{
	if (vote->least)
		return vote->least;
	return vote->agree ? vote->below : capacity;
}

/*
 * Capacity, write protection and zones. A write through a path that is
 * read-only would fail: none is taken while there is one.
 */
static void mpath_update_disk(struct mpath_head *head)
{
	struct gendisk *disk = head->disk;
	struct mpath_vote vote = {};
	sector_t capacity;

	mpath_ask_paths(head, &vote);
	if (!vote.voters)
		return;
	capacity = mpath_new_capacity(&vote, get_capacity(disk));
	if (capacity != get_capacity(disk))
		set_capacity_and_notify(disk, capacity);
	set_disk_ro(disk, vote.ro);
#ifdef CONFIG_BLK_DEV_ZONED
	disk->nr_zones = vote.zones;
#endif
}

/* Where there is no size, the target has refused to tell it. */
static const char *mpath_size_mismatch(struct gendisk *head_disk,
				       struct gendisk *disk)
{
	sector_t size = get_capacity(disk);

	if (size >= get_capacity(head_disk))
		return NULL;
	return size ? "it is smaller than the unit" : "its size is not known";
}

/*
 * A flush that a path's own queue takes for needless is never sent, nor is one
 * by a head that has no cache. Who cannot be written needs none, nor a head for
 * which an admin says so.
 */
static bool mpath_has_other_cache(struct gendisk *head_disk,
				  struct gendisk *disk)
{
	const struct queue_limits *lim = &head_disk->queue->limits;
	bool cache = lim->features & BLK_FEAT_WRITE_CACHE;

	return blk_queue_write_cache(disk->queue) != cache &&
	       !(lim->flags & BLK_FLAG_WRITE_CACHE_DISABLED) &&
	       !test_bit(GD_READ_ONLY, &head_disk->state);
}

/**
 * mpath_mismatch() - why a path does not fit its head
 * @mdev: the path
 *
 * Context: any.
 * Return: words for an admin, or NULL if it does fit.
 */
const char *mpath_mismatch(const struct mpath_device *mdev)
{
	struct gendisk *head_disk = mdev->mpath_head->disk;
	struct gendisk *disk = mdev->disk;
	const char *why = mpath_size_mismatch(head_disk, disk);

	if (why)
		return why;
	if (!mpath_has_block_size(head_disk, disk))
		return "its block size is not that of the unit";
	if (get_disk_ro(disk) && !test_bit(GD_READ_ONLY, &head_disk->state))
		return "it is read-only, the unit is not";
	if (mpath_has_other_cache(head_disk, disk))
		return "its write cache is not that of the unit";
	return NULL;
}
EXPORT_SYMBOL_GPL(mpath_mismatch);

/* Once, as soon as it could be used; a disk on its way out has no size either. */
static void mpath_tell_mismatch(struct mpath_device *mdev, const char *why)
{
	struct mpath_head *head = mdev->mpath_head;

	if (why && !head->mpdt->is_disabled(mdev) &&
	    !test_and_set_bit(MPATH_DEVICE_TOLD, &mdev->flags))
		pr_warn_ratelimited("%s: path %s is not used: %s\n",
				    head->disk->disk_name,
				    mdev->disk->disk_name, why);
	else if (!why && test_and_clear_bit(MPATH_DEVICE_TOLD, &mdev->flags))
		pr_info("%s: path %s is like the unit again\n",
			head->disk->disk_name, mdev->disk->disk_name);
}

/* Returns true if it was the other way round before. */
static bool mpath_flag_mismatch(struct mpath_device *mdev, const char *why)
{
	mpath_tell_mismatch(mdev, why);
	if (why)
		return !test_and_set_bit(MPATH_DEVICE_MISMATCH, &mdev->flags);
	return test_and_clear_bit(MPATH_DEVICE_MISMATCH, &mdev->flags);
}

/**
 * mpath_revalidate_paths() - the capacity of the head or of a path changed
 * @head: the head
 * @not_ready_cb: called under SRCU for each path whose capacity is not that of
 *	the head, or NULL; must not sleep
 *
 * For a driver that gives the head its size and limits by itself. A path that
 * does not fit them is not used until it does.
 *
 * Context: process context.
 */
void mpath_revalidate_paths(struct mpath_head *head,
			    void (*not_ready_cb)(struct mpath_device *mdev))
{
	struct gendisk *disk = head->disk;
	struct mpath_device *mdev;
	bool changed = false;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu)) {
		if (mpath_flag_mismatch(mdev, mpath_mismatch(mdev)))
			changed = true;
		if (not_ready_cb &&
		    get_capacity(mdev->disk) != get_capacity(disk))
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
 * mpath_drops_flush() - does the queue of a path drop a flush of its head?
 * @mdev: the path
 *
 * Its disk may say otherwise than it did when its head was made what it is. Who
 * sends a flush looks once more, and the path is unfit from then on. It may have to
 * wait at the door of the path's queue, though, while that is given new limits: who
 * has sent one looks again when it has ended well.
 *
 * Context: any; @mdev stays in its head meanwhile.
 * Return: true if another path has to be found for it.
 */
bool mpath_drops_flush(struct mpath_device *mdev)
{
	const char *why;

	if (!mpath_lacks_cache(mdev->mpath_head->disk, mdev->disk))
		return false;
	why = mpath_mismatch(mdev);
	if (why && mpath_flag_mismatch(mdev, why)) {
		mpath_clear_current_path(mdev);
		mpath_path_changed(mdev->mpath_head);
	}
	return true;
}
EXPORT_SYMBOL_GPL(mpath_drops_flush);

/* Those that have no vote as well: they may be used before the next look. */
static void mpath_compare_paths(struct mpath_head *head)
{
	struct mpath_device *mdev;
	bool changed = false;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (mpath_flag_mismatch(mdev, mpath_mismatch(mdev)))
			changed = true;
	srcu_read_unlock(&head->srcu, srcu_idx);

	if (changed) {
		mpath_clear_paths(head);
		mpath_path_changed(head);
	}
}

/**
 * mpath_revalidate_head() - make the head's disk what its paths are now
 * @head: the head; its disk exists
 *
 * Of those that can be asked: see the top of this file. A path that is larger
 * than the head serves it; one that is smaller, has other blocks, or is
 * read-only or without a write cache where the head is not, gets no I/O. Costs
 * little when nothing has changed, and may be called whenever something might
 * have.
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
	mpath_compare_paths(head);
	return ret;
}
EXPORT_SYMBOL_GPL(mpath_revalidate_head);
