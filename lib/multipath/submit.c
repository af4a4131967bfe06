// SPDX-License-Identifier: GPL-2.0
/*
 * A bio's way down: to a path, to the requeue list, or back to the caller.
 *
 * No bio is stranded on the requeue list. The first bio put on an empty list
 * schedules the state work, which sends the list on if a path is usable or if
 * nothing can be waited for:
 *
 *	submitter			a path becomes usable
 *	finds no path
 *					state change
 *					requeue work: list is empty
 *	bio -> list (was empty)
 *	schedules state work
 *					state work: usable, schedules requeue
 *
 * What is on the list goes down by works of the paths, one for each. A path
 * whose queue is full makes its submitter sleep, for minutes if it is silent. So
 * the work that looks at the list submits nothing, and the work of a path takes
 * one bio at a time: what sleeps with a path is that one bio, and the others
 * are taken by the paths that have room. REQ_NOWAIT is no way to do that: a
 * queue refuses each time what it would have to split (blk-merge.c), who comes
 * back later has no place among those that wait for a tag, and a bio that went
 * down without a clone cannot be had back.
 *
 *	path A's work		path B's work		requeue work
 *	takes bio 1
 *	bio 2 is left: schedules
 *	the requeue work
 *	sleeps in A's queue				the policy says A, which
 *							is busy: wakes B as well
 *				takes bio 2
 */
#include <linux/blk-cgroup.h>
#include <linux/export.h>
#include <trace/events/block.h>
#include <trace/events/multipath.h>

#include "internal.h"

/* How long until a clone is tried again for which there was no memory. */
#define MPATH_RETRY_DELAY	msecs_to_jiffies(20)

/* What mpath_find_path_for() is for; one look for the usual bio, which has none. */
#define MPATH_RARE		(REQ_MPATH | REQ_PREFLUSH | REQ_FUA)

/* Returns true if the list was empty. */
static bool mpath_queue_bio(struct mpath_head *head, struct bio *bio)
{
	unsigned long flags;
	bool was_empty;

	spin_lock_irqsave(&head->requeue_lock, flags);
	was_empty = bio_list_empty(&head->requeue_list);
	bio_list_add(&head->requeue_list, bio);
	spin_unlock_irqrestore(&head->requeue_lock, flags);
	return was_empty;
}

/* Nobody knows which queue of which path will complete it. */
static void mpath_end_polling(struct bio *bio)
{
	if (!(bio->bi_opf & REQ_POLLED))
		return;
	bio->bi_opf &= ~REQ_POLLED;
	bio->bi_cookie = BLK_QC_T_NONE;
}

/* Under SRCU: the driver's objects are there as long as the disk is live. */
static void mpath_hold_bio(struct mpath_head *head, struct bio *bio)
{
	if (!mpath_queue_bio(head, bio))
		return;
	queue_work(mpath_wq, &head->state_work);
	if (head->mpdt->io_held)
		head->mpdt->io_held(head);
}

/*
 * A caller that asked not to wait is told that it would have to: io_uring
 * submits again from a worker, and that bio is held.
 */
static void mpath_no_path(struct mpath_head *head, struct bio *bio)
{
	bool hold = mpath_may_hold(head);

	trace_mpath_no_path(head, bio, hold);
	if (!hold) {
		atomic_long_inc(&head->fail_no_avail_path_cnt);
		bio_io_error(bio);
		return;
	}
	if (bio->bi_opf & REQ_NOWAIT) {
		bio_wouldblock_error(bio);
		return;
	}
	atomic_long_inc(&head->requeue_no_usable_path_cnt);
	mpath_end_polling(bio);
	mpath_hold_bio(head, bio);
}

/* Memory comes back without a word: look again a little later. */
static noinline void mpath_no_clone(struct mpath_head *head, struct bio *bio)
{
	if (bio->bi_opf & REQ_NOWAIT) {
		bio_wouldblock_error(bio);
		return;
	}
	trace_mpath_requeue(head, bio);
	mpath_end_polling(bio);
	mpath_queue_bio(head, bio);
	queue_delayed_work(mpath_wq, &head->retry_work, MPATH_RETRY_DELAY);
}

/*
 * What goes down in the place of @bio, or NULL if that is for later. The path cannot
 * go away here: mpath_delete_device() takes it off the list and waits for SRCU before
 * it kills the reference count.
 */
static struct bio *mpath_clone_bio(struct mpath_head *head,
				   struct mpath_device *mdev, struct bio *bio)
{
	struct bio *clone;

	percpu_ref_get(&mdev->ref);
	clone = head->mpdt->clone_bio(mdev, bio);
	if (unlikely(!clone)) {
		percpu_ref_put(&mdev->ref);
		mpath_no_clone(head, bio);
	}
	return clone;
}

/* What goes down in its place; NULL if it has ended, for want of memory. */
static struct bio *mpath_flushing_bio(struct mpath_head *head, struct bio *bio)
{
	struct bio *clone = mpath_clone_flush(head, bio);

	if (!clone)
		bio_wouldblock_error(bio);
	return clone;
}

/* The bio itself goes down, but one that flushes: see flush.c. NULL if it has ended. */
static struct bio *mpath_redirect_bio(struct mpath_head *head,
				      struct mpath_device *mdev,
				      struct bio *bio)
{
	if (op_is_flush(bio->bi_opf))
		bio = mpath_flushing_bio(head, bio);
	if (!bio)
		return NULL;
	bio_set_dev(bio, mdev->disk->part0);
	/*
	 * Its end was checked against the head. A path on its way out has no
	 * size any more, and shall fail it as a path.
	 */
	bio_set_flag(bio, BIO_REMAPPED);
	return bio;
}

static void mpath_send_bio(struct mpath_head *head, struct mpath_device *mdev,
			   struct bio *bio)
{
	if (head->mpdt->clone_bio)
		bio = mpath_clone_bio(head, mdev, bio);
	else
		bio = mpath_redirect_bio(head, mdev, bio);
	if (unlikely(!bio))
		return;
	bio->bi_opf |= REQ_MPATH;
	trace_mpath_path_selected(head, mdev, bio);
	trace_block_bio_remap(bio, disk_devt(head->disk),
			      bio->bi_iter.bi_sector);
	submit_bio_noacct(bio);
}

static bool mpath_is_sent(struct mpath_device *mdev, const void *bio)
{
	return READ_ONCE(mdev->sending) == bio;
}

/*
 * A bio from the list goes down the path whose work has brought it. REQ_MPATH
 * tells that it may be one; what went down without a clone once, and was
 * submitted anew by who has built it, has it as well.
 *
 * If that path is not usable any more, the bio goes back for the work of another
 * one: this work would sleep in the other's queue, and its own path could not go
 * before there is room. Returns -EAGAIN then, or NULL if no path is usable.
 */
static struct mpath_device *mpath_resume_path(struct mpath_head *head,
					      struct bio *bio)
{
	struct mpath_device *sender, *mdev;

	bio->bi_opf &= ~REQ_MPATH;
	sender = mpath_find_device(head, mpath_is_sent, bio);
	if (sender && mpath_path_is_usable(head, sender))
		return sender;
	mdev = mpath_find_path(head);
	if (!sender || !mdev)
		return mdev;
	mpath_queue_bio(head, bio);
	mpath_schedule_requeue_work(head);
	return ERR_PTR(-EAGAIN);
}

/*
 * To a path that sends it. Where there is no mismatch the head is read-only, as is
 * the path, of which sd does not ask for a cache then: nobody sends it.
 */
static void mpath_put_off_flush(struct mpath_head *head,
				struct mpath_device *mdev, struct bio *bio)
{
	if (mpath_mismatch(mdev)) {
		mpath_requeue_bio(head, bio);
		return;
	}
	pr_err_ratelimited("%s: a flush fails: path %s is read-only and has no write cache\n",
			   head->disk->disk_name, mdev->disk->disk_name);
	bio_io_error(bio);
}

/*
 * A bio that is from the list, or flushes. -EAGAIN: it has ended, or is on the list
 * again.
 */
static noinline struct mpath_device *mpath_find_path_for(struct mpath_head *head,
							 struct bio *bio)
{
	struct mpath_device *mdev;

	if (bio->bi_opf & REQ_MPATH)
		mdev = mpath_resume_path(head, bio);
	else
		mdev = mpath_find_path(head);
	if (IS_ERR_OR_NULL(mdev) || !op_is_flush(bio->bi_opf) ||
	    !mpath_drops_flush(mdev))
		return mdev;
	mpath_put_off_flush(head, mdev, bio);
	return ERR_PTR(-EAGAIN);
}

void mpath_bdev_submit_bio(struct bio *bio)
{
	struct mpath_head *head = mpath_gendisk_to_head(bio->bi_bdev->bd_disk);
	struct mpath_device *mdev;
	int srcu_idx;

	/*
	 * The path may take less at once than the caller built. A clone is cut
	 * by the path's queue. A bio that the driver may take out of a request
	 * must not be a piece that hangs on the path's memory.
	 */
	if (!head->mpdt->clone_bio) {
		bio = bio_split_to_limits(bio);
		if (!bio)
			return;
	}

	srcu_idx = srcu_read_lock(&head->srcu);
	if (unlikely(bio->bi_opf & MPATH_RARE)) {
		mdev = mpath_find_path_for(head, bio);
		if (IS_ERR(mdev))
			goto out;
	} else {
		mdev = mpath_find_path(head);
	}
	if (likely(mdev))
		mpath_send_bio(head, mdev, bio);
	else
		mpath_no_path(head, bio);
out:
	srcu_read_unlock(&head->srcu, srcu_idx);
}

/*
 * Is @mdev usable, and no usable path better? Under SRCU. The policy is not asked,
 * whose turn would be taken: round-robin chose the same path for each try of a bio.
 */
static bool mpath_is_as_good(struct mpath_head *head, struct mpath_device *mdev)
{
	struct mpath_device *other;

	if (!mpath_path_is_usable(head, mdev))
		return false;
	list_for_each_entry_srcu(other, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (READ_ONCE(other->access_state) <
			    READ_ONCE(mdev->access_state) &&
		    mpath_path_is_usable(head, other))
			return false;
	return true;
}

/*
 * The next bio for the work of @mdev, or NULL. What it leaves is for others:
 * it may sleep with the one it takes.
 */
static struct bio *mpath_take_bio(struct mpath_head *head,
				  struct mpath_device *mdev)
{
	struct bio *bio = NULL;
	bool may, more;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	may = mpath_is_as_good(head, mdev) &&
	      !delayed_work_pending(&head->retry_work);
	srcu_read_unlock(&head->srcu, srcu_idx);

	spin_lock_irq(&head->requeue_lock);
	if (may)
		bio = bio_list_pop(&head->requeue_list);
	more = !bio_list_empty(&head->requeue_list);
	/* Who adds a bio after this finds the path busy. */
	WRITE_ONCE(mdev->sending, bio);
	spin_unlock_irq(&head->requeue_lock);

	if (more)
		mpath_schedule_requeue_work(head);
	return bio;
}

/*
 * Did a flush wait while the head lost its cache? The block layer would answer it
 * then, though it came for what was written when there was one.
 */
static bool mpath_misses_cache(struct mpath_head *head, const struct bio *bio)
{
	return op_is_flush(bio->bi_opf) &&
	       !(head->disk->queue->limits.features & BLK_FEAT_WRITE_CACHE);
}

static void mpath_resume_bio(struct mpath_head *head, struct bio *bio)
{
	if (mpath_misses_cache(head, bio)) {
		pr_err_ratelimited("%s: a flush fails: there is no write cache any more\n",
				   head->disk->disk_name);
		bio_io_error(bio);
		return;
	}
	bio->bi_opf |= REQ_MPATH;
	submit_bio_noacct(bio);
}

/*
 * The work of one path; mpath_delete_device() waits for it. One bio each time: if
 * it fails, and is back at once, the policy says who is next.
 */
void mpath_send_work(struct work_struct *work)
{
	struct mpath_device *mdev =
		container_of(work, struct mpath_device, send_work);
	struct bio *bio;

	bio = mpath_take_bio(mdev->mpath_head, mdev);
	if (!bio)
		return;
	mpath_resume_bio(mdev->mpath_head, bio);
	WRITE_ONCE(mdev->sending, NULL);
}

/*
 * The policy's choice; if its work is busy, and may be asleep, the others that
 * are as good, too.
 */
static void mpath_wake_senders(struct mpath_head *head,
			       struct mpath_device *best)
{
	struct mpath_device *mdev;

	queue_work(mpath_send_wq, &best->send_work);
	if (!READ_ONCE(best->sending))
		return;
	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (mpath_is_as_good(head, mdev))
			queue_work(mpath_send_wq, &mdev->send_work);
}

/* No path is usable: what is on the list is held, or fails. */
static void mpath_hold_or_fail(struct mpath_head *head)
{
	struct bio_list bios;
	struct bio *bio;

	spin_lock_irq(&head->requeue_lock);
	bios = head->requeue_list;
	bio_list_init(&head->requeue_list);
	spin_unlock_irq(&head->requeue_lock);

	while ((bio = bio_list_pop(&bios)))
		mpath_no_path(head, bio);
}

void mpath_requeue_work(struct work_struct *work)
{
	struct mpath_head *head =
		container_of(work, struct mpath_head, requeue_work);
	struct mpath_device *best;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&head->srcu);
	if (!bio_list_empty(&head->requeue_list)) {
		best = mpath_find_path(head);
		if (!best)
			mpath_hold_or_fail(head);
		else if (!delayed_work_pending(&head->retry_work))
			mpath_wake_senders(head, best);
	}
	srcu_read_unlock(&head->srcu, srcu_idx);
	/* See ioctl.c. */
	wake_up_all(&head->path_wait);
}

void mpath_retry_work(struct work_struct *work)
{
	mpath_schedule_requeue_work(container_of(work, struct mpath_head,
						 retry_work.work));
}

/**
 * mpath_requeue_bio() - take a bio back after a path failed it
 * @head: the head
 * @bio: a bio of the head disk that no path is working on, or what went down a
 *	path in its place
 *
 * The bio is submitted again from a work item, down whichever path is then
 * selected. It no longer asks for polling or for REQ_NOWAIT: whoever submitted
 * it is past the point of being told that it would block.
 *
 * Context: any, interrupts included.
 */
void mpath_requeue_bio(struct mpath_head *head, struct bio *bio)
{
	if (mpath_fail_flush(bio))
		return;
	mpath_restart_hold(head);
	trace_mpath_requeue(head, bio);
	mpath_end_polling(bio);
	bio->bi_opf &= ~REQ_NOWAIT;
	mpath_queue_bio(head, bio);
	mpath_schedule_requeue_work(head);
}
EXPORT_SYMBOL_GPL(mpath_requeue_bio);

/**
 * mpath_schedule_requeue_work() - submit again what waits for a path
 * @head: the head
 *
 * Context: any, interrupts included.
 */
void mpath_schedule_requeue_work(struct mpath_head *head)
{
	queue_work(mpath_wq, &head->requeue_work);
}
EXPORT_SYMBOL_GPL(mpath_schedule_requeue_work);
