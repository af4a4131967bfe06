// SPDX-License-Identifier: GPL-2.0
/*
 * A bio's way through a unit.
 *
 * sd completes a bio in parts and changes it as it goes, so what goes down a
 * path is a clone. The clone's completion runs in interrupt context and only
 * decides: done, or back to the library, which sends the original down another
 * path from a work item. The original is never changed below, and can be sent
 * as often as it takes.
 *
 * What a command failed with says more than the clone's status. The device handler
 * leaves the request in the clone when it is sent (scsi_dh_mpath.c), and in the
 * clone's completion that request is still the one that failed:
 *
 * - bios are completed from within blk_update_request(), before the request is
 *   given back, and behind the request is its scsi_cmnd with result and sense data;
 * - once prepared, a request neither gets other bios nor gives its own to another:
 *   RQF_DONTPREP keeps it from being merged. What the SCSI core has prepared anew was
 *   dispatched before, and those schedulers that merge requests leave such alone
 *   (RQF_STARTED). A bio that comes to it is marked when it is sent again;
 * - one that fails before it is sent has its host byte set all the same;
 * - a flush is sent by a request that has no bio, so a clone's own may be good, or
 *   none, when the flush failed: then it is not known what failed;
 * - what is completed later, by the check of its integrity, was read, and ends with
 *   a status (BLK_STS_PROTECTION) of which nobody looks at the request.
 */
#include <linux/bio.h>
#include <linux/blk-mq.h>
#include <linux/blk_types.h>
#include <linux/slab.h>
#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_eh.h>
#include <scsi/scsi_proto.h>

#include "judge.h"
#include "scsi_mpath.h"

/*
 * A lost connection says nothing about the bio, and how long it may take to come
 * back is for no_path_timeout to say. But a bio may be what makes the target drop
 * the connection, or never answer. So one that has failed in this way so often,
 * and for so long, in seconds, is given up. What comes by time-outs takes its time:
 * twice round the paths is often.
 */
#define TRANSPORT_TRIES		16
#define TIMEOUT_ROUNDS		2
#define TRANSPORT_SECS		120

/* Who is told no by so many paths need not ask the next. */
#define MAX_REFUSALS		8

/**
 * struct scsi_mpath_io - one try of one bio
 * @orig: the head's bio
 * @path: the path it went down
 * @start: when the head got @orig, for its I/O statistics; 0 if they are off
 * @sent: when this try was sent
 * @retry: what the tries before have brought; NULL for the first
 * @counted: nexus->nr_active counts this try
 * @clone: what goes down; must be last
 */
struct scsi_mpath_io {
	struct bio		*orig;
	struct scsi_mpath_path	*path;
	unsigned long		start;
	unsigned long		sent;
	struct scsi_mpath_retry	*retry;
	bool			counted;
	struct bio		clone;
};

/**
 * struct scsi_mpath_refusal - a path through which the unit would not do it
 * @mdev: the path; compared, never followed, so it may be gone
 * @cause: as it would be blamed
 * @sense: likewise
 */
struct scsi_mpath_refusal {
	const struct mpath_device *mdev;
	enum scsi_mpath_cause	cause;
	u32			sense;
};

/**
 * struct scsi_mpath_retry - what is remembered of a bio from its first failure on
 * @start: as in struct scsi_mpath_io
 * @since: when a path was first to blame, in jiffies; 0 if none was
 * @tries: how often one was, by cause
 * @nr_refusals: how many of @refusals there are
 * @refusals: what may have been the bio's own fault
 * @end_io: the bio's own completion, while it waits
 * @private: and its argument
 */
struct scsi_mpath_retry {
	unsigned long		start;
	unsigned long		since;
	unsigned int		tries[SCSI_MPATH_SENSE + 1];
	unsigned int		nr_refusals;
	struct scsi_mpath_refusal refusals[MAX_REFUSALS];
	bio_end_io_t		*end_io;
	void			*private;
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

/* The bio is as its submitter made it again. */
static struct scsi_mpath_retry *take_retry(struct bio *bio)
{
	struct scsi_mpath_retry *retry = bio->bi_private;

	bio->bi_end_io = retry->end_io;
	bio->bi_private = retry->private;
	return retry;
}

/* The library failed a bio that waited for its next try. */
static void scsi_mpath_retry_end_io(struct bio *bio)
{
	struct scsi_mpath_retry *retry = take_retry(bio);

	end_stats(bio, retry->start);
	kfree(retry);
	bio_endio(bio);
}

/*
 * Without memory the bio is sent again as if for the first time: what is counted
 * is for an error that lasts, a shortage does not.
 */
static struct scsi_mpath_retry *get_retry(struct scsi_mpath_io *io)
{
	if (!io->retry) {
		io->retry = kmalloc_obj(*io->retry,
					GFP_ATOMIC | __GFP_NOWARN | __GFP_ZERO);
		if (io->retry)
			io->retry->start = io->start;
	}
	return io->retry;
}

static void remember_retry(struct scsi_mpath_io *io)
{
	struct scsi_mpath_retry *retry = get_retry(io);
	struct bio *orig = io->orig;

	if (!retry) {
		end_stats(orig, io->start);
		return;
	}
	retry->end_io = orig->bi_end_io;
	retry->private = orig->bi_private;
	orig->bi_end_io = scsi_mpath_retry_end_io;
	orig->bi_private = retry;
}

static void read_sense(struct scsi_cmnd *cmd, struct scsi_mpath_end *end)
{
	struct scsi_sense_hdr sshdr;

	if (end->status != SAM_STAT_CHECK_CONDITION ||
	    !scsi_command_normalize_sense(cmd, &sshdr) ||
	    scsi_sense_is_deferred(&sshdr))
		return;
	end->key = sshdr.sense_key;
	end->asc = sshdr.asc;
	end->ascq = sshdr.ascq;
}

/* Returns false if it is not known; see the top of this file. */
static bool read_end(const struct scsi_mpath_io *io, struct scsi_mpath_end *end)
{
	struct request *req = io->clone.bi_private;
	struct scsi_cmnd *cmd;

	if (!req)
		return false;
	cmd = blk_mq_rq_to_pdu(req);
	end->host = host_byte(cmd->result);
	end->status = cmd->result & 0xff;
	if (end->host == DID_OK && scsi_status_is_good(cmd->result))
		return false;
	read_sense(cmd, end);
	return end->key != RECOVERED_ERROR;
}

/*
 * The last sense data that came through the path: most likely the bio's, if the
 * path runs. Where it does not, that alone fails a bio.
 */
static bool guess_end(const struct scsi_mpath_io *io, struct scsi_mpath_end *end)
{
	const struct scsi_mpath_health *health = &io->path->health;
	u32 sense = READ_ONCE(health->sense);

	if (!sense || time_before(READ_ONCE(health->sense_time), io->sent))
		return false;
	/* Behind the end that the disk has by now it was not sent at all. */
	if (bio_end_sector(io->orig) > get_capacity(io->path->mdev.disk))
		return false;
	*end = (struct scsi_mpath_end) {
		.status = SAM_STAT_CHECK_CONDITION,
		.key = sense >> 16,
		.asc = sense >> 8,
		.ascq = sense,
	};
	return true;
}

/* Nobody is told that it is his fault because of a guess. */
static enum scsi_mpath_verdict judge_unknown(const struct scsi_mpath_io *io,
					     blk_status_t status,
					     struct scsi_mpath_end *end)
{
	enum scsi_mpath_verdict verdict = VERDICT_FAILOVER;
	struct scsi_mpath_path *path = io->path;

	/* Every HARDWARE ERROR has this status, that of one controller as well. */
	if (status == BLK_STS_TARGET && path_is_running(path) &&
	    guess_end(io, end) && scsi_mpath_judge(end) == VERDICT_OTHER)
		return VERDICT_OTHER;
	switch (status) {
	case BLK_STS_NOSPC:
	case BLK_STS_TARGET:
	case BLK_STS_RESV_CONFLICT:
	case BLK_STS_MEDIUM:
		return VERDICT_CALLER;
	default:
		break;
	}
	/* Sent before this was known of the path, or turned away for it. */
	if (!alua_state_is_active(READ_ONCE(path->alua_state)) ||
	    test_bit(PATH_UNSURE, &path->flags))
		return VERDICT_REQUEUE;
	*end = (struct scsi_mpath_end) { .host = DID_ERROR };
	if (status == BLK_STS_IOERR && path_is_running(path) && guess_end(io, end))
		verdict = scsi_mpath_judge(end);
	return verdict == VERDICT_CALLER ? VERDICT_OTHER : verdict;
}

/*
 * The path is out of tags. Who asked to be told that is told, by a path that he
 * could have had.
 */
static enum scsi_mpath_verdict judge_again(const struct scsi_mpath_io *io)
{
	return io->orig->bi_opf & REQ_NOWAIT && scsi_mpath_takes_io(io->path) ?
		       VERDICT_CALLER : VERDICT_REQUEUE;
}

/* @end is filled in as far as it is known. */
static enum scsi_mpath_verdict judge(const struct scsi_mpath_io *io,
				     blk_status_t status,
				     struct scsi_mpath_end *end)
{
	switch (status) {
	case BLK_STS_NOTSUPP:
	case BLK_STS_PROTECTION:
	case BLK_STS_INVAL:
	case BLK_STS_DURATION_LIMIT:
	case BLK_STS_ZONE_OPEN_RESOURCE:
	case BLK_STS_ZONE_ACTIVE_RESOURCE:
		return VERDICT_CALLER;
	case BLK_STS_AGAIN:
		return judge_again(io);
	default:
		break;
	}
	if (io->clone.bi_private == SCSI_DH_MPATH_REFUSED)
		return VERDICT_REQUEUE;
	if (read_end(io, end))
		return scsi_mpath_judge(end);
	return judge_unknown(io, status, end);
}

/*
 * A time-out has no host byte of its own where a transport ended error recovery;
 * but a command that timed out took its time.
 */
static enum scsi_mpath_cause cause_of(const struct scsi_mpath_io *io,
				      blk_status_t status,
				      const struct scsi_mpath_end *end)
{
	unsigned int timeout = io->path->mdev.disk->queue->rq_timeout;

	if (end->host == DID_OK && end->status == SAM_STAT_CHECK_CONDITION)
		return SCSI_MPATH_SENSE;
	if (status == BLK_STS_TRANSPORT || status == BLK_STS_OFFLINE ||
	    end->host == DID_NO_CONNECT)
		return SCSI_MPATH_TRANSPORT;
	if (status == BLK_STS_TIMEOUT || end->host == DID_TIME_OUT ||
	    time_after_eq(jiffies, io->sent + timeout))
		return SCSI_MPATH_TIMEOUT;
	return SCSI_MPATH_TRANSPORT;
}

static bool has_refused(const struct scsi_mpath_retry *retry,
			const struct mpath_device *mdev)
{
	unsigned int i;

	for (i = 0; retry && i < retry->nr_refusals; i++)
		if (retry->refusals[i].mdev == mdev)
			return true;
	return false;
}

/* Would it be worth a try? Who is in reserve is there for that. */
static bool is_untried(struct mpath_device *mdev, const void *retry)
{
	return !has_refused(retry, mdev) &&
	       (READ_ONCE(mdev->access_state) != MPATH_STATE_OTHER ||
		READ_ONCE(to_path(mdev)->flags) & PATH_RESERVE) &&
	       scsi_mpath_takes_io(to_path(mdev));
}

/* It was idle, and will be worth one when it has said which unit it leads to. */
static bool is_asked_first(struct mpath_device *mdev, const void *retry)
{
	return !has_refused(retry, mdev) &&
	       scsi_mpath_is_asked_for(to_path(mdev), SCSI_MPATH_ASK_TIME);
}

static bool is_there_another(const struct scsi_mpath_io *io)
{
	struct mpath_head *head = io->path->lu->head;
	bool found;
	int idx;

	idx = srcu_read_lock(&head->srcu);
	found = mpath_find_device(head, is_untried, io->retry) ||
		mpath_find_device(head, is_asked_first, io->retry);
	srcu_read_unlock(&head->srcu, idx);
	return found;
}

static void note_refusal(const struct scsi_mpath_io *io, blk_status_t status,
			 const struct scsi_mpath_end *end)
{
	struct scsi_mpath_retry *retry = io->retry;

	retry->refusals[retry->nr_refusals++] = (struct scsi_mpath_refusal) {
		.mdev = &io->path->mdev,
		.cause = cause_of(io, status, end),
		.sense = scsi_mpath_sense_of(end),
	};
}

/*
 * What has failed once on every path is the command's, and nobody learns of it but
 * the caller: a bad block shall not stop a path. A path is to blame when another
 * one does what it would not, see blame_refusals().
 *
 * Where the other paths cannot be asked, it may be the controller that is sick,
 * and suspicion is what has the other one activated. TEST UNIT READY settles that;
 * it is not asked again soon.
 */
static enum scsi_mpath_verdict refused(struct scsi_mpath_io *io,
				       blk_status_t status,
				       const struct scsi_mpath_end *end)
{
	unsigned int nr_paths = READ_ONCE(io->path->lu->nr_paths);
	struct scsi_mpath_retry *retry = get_retry(io);

	if (!retry)
		return VERDICT_FAILOVER;
	if (retry->nr_refusals == MAX_REFUSALS)
		return VERDICT_CALLER;
	if (!has_refused(retry, &io->path->mdev))
		note_refusal(io, status, end);
	if (is_there_another(io))
		return VERDICT_OTHER;
	if (retry->nr_refusals < nr_paths && !scsi_mpath_passed_lately(io->path))
		return VERDICT_FAILOVER;
	return VERDICT_CALLER;
}

/* Counts a failure for which a path is to blame. Was it one too many? */
static bool is_given_up(struct scsi_mpath_io *io, enum scsi_mpath_cause cause)
{
	int timeout = READ_ONCE(io->path->lu->head->no_path_timeout);
	struct scsi_mpath_retry *retry = get_retry(io);
	unsigned int limit = TRANSPORT_TRIES;

	if (!retry)
		return false;
	if (cause == SCSI_MPATH_TIMEOUT)
		limit = TIMEOUT_ROUNDS * READ_ONCE(io->path->lu->nr_paths);
	if (!retry->since)
		retry->since = jiffies ?: 1;
	retry->tries[cause]++;
	return timeout >= 0 && retry->tries[cause] >= limit &&
	       time_after_eq(jiffies, retry->since +
				      max(timeout, TRANSPORT_SECS) * (unsigned long)HZ);
}

/* Returns false if the bio is given up instead, and the path left in peace. */
static bool blame(struct scsi_mpath_io *io, blk_status_t status,
		  const struct scsi_mpath_end *end)
{
	enum scsi_mpath_cause cause = cause_of(io, status, end);

	if (is_given_up(io, cause))
		return false;
	scsi_mpath_blame(io->path, cause, scsi_mpath_sense_of(end));
	return true;
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

/* Out of tags is no failure, and not to be sent for lack of trust is none either. */
static void count_requeue(const struct scsi_mpath_io *io, blk_status_t status,
			  const struct scsi_mpath_end *end)
{
	struct scsi_mpath_health *health = &io->path->health;

	if (status == BLK_STS_AGAIN ||
	    (!end->key && test_bit(PATH_UNSURE, &io->path->flags)))
		return;
	atomic_long_inc(&health->failovers);
	atomic_long_inc(&health->port_errors);
}

/* Returns whether the bio gets another try. */
static bool try_again(struct scsi_mpath_io *io, blk_status_t status)
{
	struct scsi_mpath_path *path = io->path;
	enum scsi_mpath_verdict verdict;
	struct scsi_mpath_end end = {};

	verdict = judge(io, status, &end);
	if (verdict == VERDICT_OTHER)
		verdict = refused(io, status, &end);
	if (verdict == VERDICT_CALLER ||
	    (verdict == VERDICT_FAILOVER && !blame(io, status, &end)))
		return false;
	if (verdict == VERDICT_REQUEUE)
		count_requeue(io, status, &end);
	else
		atomic_long_inc(&path->health.failovers);
	remember_retry(io);
	mpath_requeue_bio(path->lu->head, io->orig);
	return true;
}

/* One that is just coming is new, and not yet in its unit. */
static bool is_in_use_as(struct mpath_device *mdev, const void *wanted)
{
	return mdev == wanted && !test_bit(PATH_JOINING, &to_path(mdev)->flags);
}

/*
 * The unit has done it, so whoever would not do it is to blame: if he is still
 * there, and is not the one who has changed his mind. A path that is new, and lies
 * where one was that is gone, has to pass a probe for nothing.
 */
static void blame_refusals(const struct scsi_mpath_io *io)
{
	const struct scsi_mpath_retry *retry = io->retry;
	struct mpath_head *head = io->path->lu->head;
	const struct scsi_mpath_refusal *refusal;
	struct mpath_device *mdev;
	unsigned int i;
	int idx;

	if (has_refused(retry, &io->path->mdev))
		return;
	idx = srcu_read_lock(&head->srcu);
	for (i = 0; i < retry->nr_refusals; i++) {
		refusal = &retry->refusals[i];
		mdev = mpath_find_device(head, is_in_use_as, refusal->mdev);
		if (mdev)
			scsi_mpath_blame(to_path(mdev), refusal->cause,
					 refusal->sense);
	}
	srcu_read_unlock(&head->srcu, idx);
}

/* From here on the path, its unit and the bio set may go. */
static __always_inline void end_try(struct scsi_mpath_io *io)
{
	struct mpath_device *mdev = &io->path->mdev;

	bio_put(&io->clone);
	mpath_device_put(mdev);
}

/* A flush that has ended well: has it been sent? If not, another path has to do it. */
static bool flush_again(struct scsi_mpath_io *io)
{
	if (!op_is_flush(io->orig->bi_opf) ||
	    !mpath_drops_flush(&io->path->mdev))
		return false;
	remember_retry(io);
	mpath_requeue_bio(io->path->lu->head, io->orig);
	return true;
}

/*
 * What is seldom so. Returns whether the bio gets another try. Not inline: what goes
 * well shall not save registers for it.
 */
static noinline bool end_badly(struct scsi_mpath_io *io, blk_status_t status)
{
	if (status ? try_again(io, status) : flush_again(io)) {
		end_try(io);
		return true;
	}
	if (status)
		follow_disabled_op(io->path, io->orig);
	else if (io->retry)
		blame_refusals(io);
	kfree(io->retry);
	return false;
}

/**
 * scsi_mpath_end_io() - a clone has completed
 * @clone: the clone
 *
 * Context: any, interrupts included.
 */
void scsi_mpath_end_io(struct bio *clone)
{
	struct scsi_mpath_io *io = to_io(clone);
	struct bio *orig = io->orig;

	if (io->counted)
		atomic_dec(&io->path->nexus->nr_active);

	if (unlikely(clone->bi_status || io->retry ||
		     op_is_flush(orig->bi_opf)) &&
	    end_badly(io, clone->bi_status))
		return;

	mpath_copy_result(orig, clone);
	end_stats(orig, io->start);
	end_try(io);
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
 * both by itself. Inline, as is what follows: a call would cost each bio more than the
 * twofold code does.
 */
static __always_inline struct bio *alloc_clone(struct bio *bio,
					       struct bio_set *bios)
{
	blk_opf_t opf = bio->bi_opf;
	gfp_t gfp = GFP_NOIO;
	struct bio *clone;

	if (unlikely(opf & REQ_NOWAIT))
		gfp = GFP_NOWAIT;

	bio->bi_opf |= REQ_ALLOC_CACHE;
	clone = bio_alloc_clone(NULL, bio, gfp, bios);
	bio->bi_opf = opf;
	if (clone &&
	    READ_ONCE(bios->bio_pool.curr_nr) < bios->bio_pool.min_nr)
		clone->bi_opf &= ~REQ_ALLOC_CACHE;
	return clone;
}

/* One that was idle is asked first, and is a choice the next time. */
static bool may_take_over(struct mpath_device *mdev, const void *retry)
{
	return is_untried(mdev, retry) &&
	       scsi_mpath_may_carry(to_path(mdev), jiffies);
}

/*
 * Who was told no through this path takes another one that does I/O, whatever the
 * policy would have. The caller is under SRCU and has a reference on @mdev, which
 * is given for one on the other.
 */
static struct mpath_device *avoid_refusal(struct mpath_device *mdev,
					  const struct scsi_mpath_retry *retry)
{
	struct mpath_device *other;

	if (!has_refused(retry, mdev))
		return mdev;
	other = mpath_find_device(mdev->mpath_head, may_take_over, retry);
	if (!other)
		return mdev;
	percpu_ref_get(&other->ref);
	mpath_device_put(mdev);
	return other;
}

/* Has a path refused that would be given the bio again, while one is asked? */
static bool waits_for_another(struct mpath_device *mdev, const struct bio *bio)
{
	const struct scsi_mpath_retry *retry = bio->bi_private;
	struct mpath_head *head = mdev->mpath_head;

	return has_refused(retry, mdev) &&
	       !mpath_find_device(head, may_take_over, retry) &&
	       mpath_find_device(head, is_asked_first, retry);
}

/* A try of @bio, about to begin; NULL without memory. */
static __always_inline struct bio *begin_try(struct mpath_device *mdev,
					     struct bio *bio)
{
	struct bio *clone = alloc_clone(bio, &to_path(mdev)->lu->bios);

	if (clone) {
		to_io(clone)->orig = bio;
		to_io(clone)->sent = jiffies;
	}
	return clone;
}

static __always_inline struct bio *prepare_clone(struct bio *clone,
						 struct mpath_device *mdev)
{
	struct scsi_mpath_io *io = to_io(clone);
	struct bio *bio = io->orig;

	io->path = to_path(mdev);
	io->counted = mpath_qd_iopolicy(mdev->mpath_head);
	if (io->counted)
		atomic_inc(&io->path->nexus->nr_active);

	/* Charged to whom the bio is; with the device at once, it would be twice. */
	clone->bi_bdev = mdev->disk->part0;
	bio_clone_blkg_association(clone, bio);
	/* The SCSI core repeats what it can, but not for a path that has gone. */
	clone->bi_opf &= ~(REQ_RAHEAD | REQ_FAILFAST_MASK);
	clone->bi_opf |= REQ_FAILFAST_TRANSPORT;
	clone->bi_end_io = scsi_mpath_end_io;
	/* By this alone Linux 6.12 knows that there is nothing to split. */
	if (bio->bi_vcnt == 1)
		clone->bi_vcnt = 1;
	return clone;
}

static noinline struct bio *clone_again(struct mpath_device *mdev,
					struct bio *bio)
{
	struct scsi_mpath_io *io;
	struct bio *clone;

	if (waits_for_another(mdev, bio))
		return NULL;
	clone = begin_try(mdev, bio);
	if (!clone)
		return NULL;
	io = to_io(clone);
	io->retry = take_retry(bio);
	io->start = io->retry->start;
	return prepare_clone(clone, avoid_refusal(mdev, io->retry));
}

struct bio *scsi_mpath_clone_bio(struct mpath_device *mdev, struct bio *bio)
{
	struct scsi_mpath_path *path = to_path(mdev);
	unsigned long now = jiffies;
	struct bio *clone;

	/* With the first bio of a tick, so that no bio writes what all CPUs read. */
	if (unlikely(READ_ONCE(path->known) != now) &&
	    !scsi_mpath_may_carry(path, now))
		return NULL;
	if (unlikely(bio->bi_end_io == scsi_mpath_retry_end_io))
		return clone_again(mdev, bio);
	clone = begin_try(mdev, bio);
	if (!clone)
		return NULL;
	to_io(clone)->retry = NULL;
	to_io(clone)->start = start_stats(bio);
	return prepare_clone(clone, mdev);
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_io_kunit.c"
#endif
