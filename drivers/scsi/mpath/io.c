// SPDX-License-Identifier: GPL-2.0
/*
 * A bio's way through a unit.
 *
 * sd completes a bio in parts and changes it as it goes, so what goes down a
 * path is a clone. The clone's completion runs in interrupt context and only
 * decides: done, or back to the library, which sends the original down another
 * path from a work item. The original is never changed below, and can be sent
 * as often as it takes.
 */
#include <linux/bio.h>
#include <linux/blk_types.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

/* How often a bio may fail on each path before the caller is told. */
#define ROUNDS			2

/*
 * A lost connection says nothing about the bio, and by the next try it has
 * come back or another path is taken. A bio whose every try ends so is given
 * up all the same: it may be what makes the target drop the connection.
 */
#define TRANSPORT_ROUNDS	16

/**
 * struct scsi_mpath_io - one try of one bio
 * @orig: the head's bio
 * @path: the path it went down
 * @start: when the head got @orig, for its I/O statistics; 0 if they are off
 * @sent: when this try was sent
 * @tries: how often @orig has failed before
 * @counted: nexus->nr_active counts this try
 * @clone: what goes down; must be last
 */
struct scsi_mpath_io {
	struct bio		*orig;
	struct scsi_mpath_path	*path;
	unsigned long		start;
	unsigned long		sent;
	unsigned int		tries;
	bool			counted;
	struct bio		clone;
};

/**
 * struct scsi_mpath_retry - what is remembered of a bio between two tries
 * @start: as in struct scsi_mpath_io
 * @tries: likewise
 * @end_io: the bio's own completion
 * @private: and its argument
 */
struct scsi_mpath_retry {
	unsigned long	start;
	unsigned int	tries;
	bio_end_io_t	*end_io;
	void		*private;
};

int scsi_mpath_init_bios(struct bio_set *bios)
{
	return bioset_init(bios, BIO_POOL_SIZE,
			   offsetof(struct scsi_mpath_io, clone),
			   BIOSET_PERCPU_CACHE);
}

static struct scsi_mpath_io *to_io(struct bio *clone)
{
	return container_of(clone, struct scsi_mpath_io, clone);
}

static void end_stats(struct bio *bio, unsigned long start)
{
	if (start)
		bio_end_io_acct(bio, start);
}

static struct scsi_mpath_retry take_retry(struct bio *bio)
{
	struct scsi_mpath_retry *retry = bio->bi_private;
	struct scsi_mpath_retry copy = *retry;

	bio->bi_end_io = retry->end_io;
	bio->bi_private = retry->private;
	kfree(retry);
	return copy;
}

/* The library failed a bio that waited for its next try. */
static void scsi_mpath_retry_end_io(struct bio *bio)
{
	struct scsi_mpath_retry retry = take_retry(bio);

	end_stats(bio, retry.start);
	bio_endio(bio);
}

/*
 * Without memory the bio is sent again with its tries forgotten: the limit is
 * for an error that lasts, a shortage does not.
 */
static void remember_try(const struct scsi_mpath_io *io)
{
	struct scsi_mpath_retry *retry;
	struct bio *orig = io->orig;

	retry = kmalloc_obj(*retry, GFP_ATOMIC | __GFP_NOWARN);
	if (!retry) {
		end_stats(orig, io->start);
		return;
	}
	retry->start = io->start;
	retry->tries = io->tries + 1;
	retry->end_io = orig->bi_end_io;
	retry->private = orig->bi_private;
	orig->bi_end_io = scsi_mpath_retry_end_io;
	orig->bi_private = retry;
}

enum verdict {
	VERDICT_DONE,		/* the caller learns the status */
	VERDICT_REQUEUE,	/* another try; the path is not to blame */
	VERDICT_FAILOVER,	/* another try; the path becomes suspect */
};

/*
 * What the status says about: the request and the unit, or the path? A status
 * about the unit would be the same through every path.
 */
static enum verdict judge(struct scsi_mpath_path *path, blk_status_t status)
{
	switch (status) {
	case BLK_STS_OK:
	case BLK_STS_NOTSUPP:
	case BLK_STS_NOSPC:
	case BLK_STS_TARGET:
	case BLK_STS_RESV_CONFLICT:
	case BLK_STS_MEDIUM:
	case BLK_STS_PROTECTION:
	case BLK_STS_INVAL:
	case BLK_STS_DURATION_LIMIT:
	case BLK_STS_ZONE_OPEN_RESOURCE:
	case BLK_STS_ZONE_ACTIVE_RESOURCE:
		return VERDICT_DONE;
	case BLK_STS_AGAIN:
		/* Out of tags: the caller asked to be told. */
		if (path_is_running(path))
			return VERDICT_DONE;
		return VERDICT_REQUEUE;
	default:
		break;
	}
	/* Sent before the port group was known to have changed its state. */
	if (!alua_state_is_active(READ_ONCE(path->alua_state)))
		return VERDICT_REQUEUE;
	return VERDICT_FAILOVER;
}

static bool may_try_again(const struct scsi_mpath_io *io, blk_status_t status)
{
	unsigned int rounds = status == BLK_STS_TRANSPORT ? TRANSPORT_ROUNDS :
							    ROUNDS;

	return io->tries + 1 < rounds * max(READ_ONCE(io->path->lu->nr_paths), 1u);
}

/* sd has found out that the unit does not take this: do not offer it. */
static void follow_disabled_op(struct scsi_mpath_path *path, struct bio *orig)
{
	struct request_queue *q = path->lu->head->disk->queue;
	struct block_device *bdev = path->mdev.disk->part0;

	if (bio_op(orig) == REQ_OP_DISCARD && !bdev_max_discard_sectors(bdev))
		blk_queue_disable_discard(q);
	else if (bio_op(orig) == REQ_OP_WRITE_ZEROES &&
		 !bdev_write_zeroes_sectors(bdev))
		blk_queue_disable_write_zeroes(q);
}

static void fail_over(struct scsi_mpath_io *io, enum verdict verdict,
		      blk_status_t status)
{
	struct scsi_mpath_path *path = io->path;

	atomic_long_inc(&path->health.failovers);
	if (verdict == VERDICT_FAILOVER)
		scsi_mpath_blame(path, status, io->sent);
	else if (status != BLK_STS_AGAIN)
		atomic_long_inc(&path->health.port_errors);
	remember_try(io);
	mpath_requeue_bio(path->lu->head, io->orig);
}

static void scsi_mpath_end_io(struct bio *clone)
{
	struct scsi_mpath_io *io = to_io(clone);
	struct scsi_mpath_path *path = io->path;
	blk_status_t status = clone->bi_status;
	struct bio *orig = io->orig;
	enum verdict verdict = VERDICT_DONE;

	if (io->counted)
		atomic_dec(&path->nexus->nr_active);

	if (unlikely(status)) {
		verdict = judge(path, status);
		if (verdict != VERDICT_DONE && may_try_again(io, status))
			fail_over(io, verdict, status);
		else
			verdict = VERDICT_DONE;
		if (verdict == VERDICT_DONE)
			follow_disabled_op(path, orig);
	}

	if (verdict == VERDICT_DONE) {
		end_stats(orig, io->start);
		mpath_copy_result(orig, clone);
	}
	bio_put(clone);
	/* From here on the path, its unit and the bio set may go. */
	mpath_device_put(&path->mdev);
	if (verdict == VERDICT_DONE)
		bio_endio(orig);
}

static unsigned long start_stats(struct bio *bio)
{
	if (!blk_queue_io_stat(bdev_get_queue(bio->bi_bdev)))
		return 0;
	return bio_start_io_acct(bio);
}

/*
 * The CPU's own stock of free clones is used for every bio, not for those only
 * whose submitter keeps one himself. What comes out of the reserve for lack of
 * memory must go back to it, as somebody may be waiting there. Linux 7.2 does
 * both by itself.
 */
static struct bio *alloc_clone(struct bio *bio, struct bio_set *bios)
{
	gfp_t gfp = bio->bi_opf & REQ_NOWAIT ? GFP_NOWAIT : GFP_NOIO;
	blk_opf_t opf = bio->bi_opf;
	struct bio *clone;

	bio->bi_opf |= REQ_ALLOC_CACHE;
	clone = bio_alloc_clone(NULL, bio, gfp, bios);
	bio->bi_opf = opf;
	if (clone &&
	    READ_ONCE(bios->bio_pool.curr_nr) < bios->bio_pool.min_nr)
		clone->bi_opf &= ~REQ_ALLOC_CACHE;
	return clone;
}

struct bio *scsi_mpath_clone_bio(struct mpath_device *mdev, struct bio *bio)
{
	struct scsi_mpath_path *path = to_path(mdev);
	struct scsi_mpath_io *io;
	struct bio *clone;

	clone = alloc_clone(bio, &path->lu->bios);
	if (!clone)
		return NULL;
	/* Charged to whom the bio is; with the device at once, it would be twice. */
	clone->bi_bdev = mdev->disk->part0;
	bio_clone_blkg_association(clone, bio);
	clone->bi_opf |= REQ_FAILFAST_TRANSPORT;
	clone->bi_end_io = scsi_mpath_end_io;
	/* By this alone Linux 6.12 knows that there is nothing to split. */
	if (bio->bi_vcnt == 1)
		clone->bi_vcnt = 1;

	io = to_io(clone);
	io->orig = bio;
	io->path = path;
	io->sent = jiffies;
	if (unlikely(bio->bi_end_io == scsi_mpath_retry_end_io)) {
		struct scsi_mpath_retry retry = take_retry(bio);

		io->tries = retry.tries;
		io->start = retry.start;
	} else {
		io->tries = 0;
		io->start = start_stats(bio);
	}

	io->counted = mpath_qd_iopolicy(mdev->mpath_head);
	if (io->counted)
		atomic_inc(&path->nexus->nr_active);
	return clone;
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_io_kunit.c"
#endif
