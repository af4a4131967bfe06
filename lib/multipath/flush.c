// SPDX-License-Identifier: GPL-2.0
/*
 * Flushes of a driver that gets the bio itself and no clone.
 *
 * The block layer sends a flush by a request of its own, without a bio
 * (blk-flush.c), and completes with its status every bio that waited for it.
 * A driver that takes the bios out of a request whose path has failed finds
 * none in that one, and whatever it ends it with is what fsync returns: an
 * error for no more than a lost path, or success although nothing was flushed.
 *
 * So what goes down is a clone here as well, and the driver ends the request
 * with BLK_STS_AGAIN, which says that this path has not done it:
 *
 *	fsync				the path
 *	bio -> clone -> request A
 *	A waits for flush request F
 *					fails, F has no bio
 *					the driver ends F: BLK_STS_AGAIN
 *	A ends, so does the clone
 *	bio -> requeue list, another path
 *
 * A write that is to be on the medium when it ends (REQ_FUA) is sent so, too: the
 * path may be found to do that by a flush, or not at all, by the time it gets there.
 */
#include <linux/bio.h>

#include "internal.h"

/**
 * struct mpath_flush - one try of a bio that flushes
 * @orig: the head's bio, which stays as it is
 * @clone: what goes down; must be last
 */
struct mpath_flush {
	struct bio	*orig;
	struct bio	clone;
};

int mpath_init_flushes(struct mpath_head *head)
{
	if (head->mpdt->clone_bio)
		return 0;
	return bioset_init(&head->flushes, BIO_POOL_SIZE,
			   offsetof(struct mpath_flush, clone), 0);
}

static struct mpath_head *mpath_bio_head(struct bio *bio)
{
	return mpath_gendisk_to_head(bio->bi_bdev->bd_disk);
}

/* A caller that asked not to wait is told; who has not, never is. */
static bool mpath_flush_goes_on(const struct bio *orig, blk_status_t status)
{
	return status == BLK_STS_AGAIN && !(orig->bi_opf & REQ_NOWAIT);
}

static struct bio *mpath_flush_orig(struct bio *clone)
{
	return container_of(clone, struct mpath_flush, clone)->orig;
}

static void mpath_flush_end_io(struct bio *clone)
{
	struct bio *orig = mpath_flush_orig(clone);
	blk_status_t status = clone->bi_status;

	/* See mpath_drops_flush(), which finds that out of the path next time. */
	if (!status && mpath_lacks_cache(mpath_bio_head(orig)->disk,
					 clone->bi_bdev->bd_disk))
		status = BLK_STS_AGAIN;
	clone->bi_status = status;
	if (!mpath_flush_goes_on(orig, status))
		mpath_copy_result(orig, clone);
	/* Pairs with mpath_clone_flush(); the set lives as long as the head. */
	bio_put(clone);
	if (mpath_flush_goes_on(orig, status)) {
		mpath_requeue_bio(mpath_bio_head(orig), orig);
		return;
	}
	bio_endio(orig);
}

/**
 * mpath_fail_flush() - end what went down a path in place of a bio that flushes
 * @bio: a bio that a path has failed
 *
 * It may be one of the pieces that the path's queue has made of the clone, and
 * others are still under way: the bio goes on to another path with the last.
 *
 * Context: any.
 * Return: false if @bio is no such clone: then nothing has been done.
 */
bool mpath_fail_flush(struct bio *bio)
{
	if (bio->bi_end_io != mpath_flush_end_io)
		return false;
	mpath_flush_orig(bio)->bi_opf &= ~REQ_NOWAIT;
	bio->bi_status = BLK_STS_AGAIN;
	bio_endio(bio);
	return true;
}

/**
 * mpath_clone_flush() - what goes down in place of a bio that flushes
 * @head: the head
 * @bio: the bio
 *
 * Context: that of the submitter; sleeps unless @bio has REQ_NOWAIT.
 * Return: the clone, or NULL if @bio has REQ_NOWAIT and there is no memory.
 */
struct bio *mpath_clone_flush(struct mpath_head *head, struct bio *bio)
{
	gfp_t gfp = bio->bi_opf & REQ_NOWAIT ? GFP_NOWAIT : GFP_NOIO;
	struct bio *clone;

	clone = bio_alloc_clone(bio->bi_bdev, bio, gfp, &head->flushes);
	if (!clone)
		return NULL;
	container_of(clone, struct mpath_flush, clone)->orig = bio;
	clone->bi_end_io = mpath_flush_end_io;
	return clone;
}
