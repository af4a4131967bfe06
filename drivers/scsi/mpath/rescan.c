// SPDX-License-Identifier: GPL-2.0
/*
 * What sd knows of a disk is what the disk said when sd looked last. A path
 * that was away while its unit grew, whose port refused to tell a size, or
 * whose write cache was asked for at a bad moment, has old news, and nobody else
 * looks again: so its disk is rescanned from here, as an admin would.
 *
 * A path that differs from its unit is asked as soon as it can answer, that is,
 * when it could take I/O but for that; then after 1, 2, 4 ... 60 s. Until it has
 * answered it has no vote in what the unit is. So is one that is smaller than
 * another path, or has a write cache of which another path says that it is no more, as
 * controllers do not learn of a change at once. It has a vote, and after a minute
 * that is what it is.
 *
 * sd takes a disk for one without a write cache also if it was not told, or if the
 * disk is write protected. What is in the cache must be flushed all the same, so a
 * disk that has told of one is asked once more, and believed if it says so.
 *
 * A rescan takes as long as the device takes to answer some twenty commands,
 * with the device's lock held and its queue frozen at the end. Nothing waits for
 * it but the way out of the unit, and each command has its time-out.
 */
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

#define RESCAN_FIRST_SECS	1
#define RESCAN_MAX_SECS		60

/* Disks that are silent keep those of other units waiting, and nothing else. */
#define RESCANS_AT_ONCE		16

static struct workqueue_struct *rescan_wq;

int scsi_mpath_init_rescan(void)
{
	rescan_wq = alloc_workqueue("scsi_mpath_rescan",
				    WQ_UNBOUND | WQ_MEM_RECLAIM,
				    RESCANS_AT_ONCE);
	return rescan_wq ? 0 : -ENOMEM;
}

/* No path is left that could be rescanned, but for some whose turn was to come. */
void scsi_mpath_exit_rescan(void)
{
	destroy_workqueue(rescan_wq);
}

/* The caching mode page, SBC-3 6.4.5, and its bit WCE */
#define CACHING_PAGE		0x08
#define CACHING_WCE		0x04

#define MODE_LEN		192

static bool page_denies_cache(const u8 *buf, const struct scsi_mode_data *data)
{
	unsigned int offset = data->header_length + data->block_descriptor_length;

	return offset + 3 <= min_t(unsigned int, data->length, MODE_LEN) &&
	       (buf[offset] & 0x3f) == CACHING_PAGE &&
	       !(buf[offset + 2] & CACHING_WCE);
}

static bool says_no_cache(struct scsi_device *sdev)
{
	struct scsi_mode_data data;
	u8 *buf = kzalloc(MODE_LEN, GFP_NOIO);
	bool denies;

	if (!buf)
		return false;
	/* As sd asks: what answers that answers this. */
	denies = !scsi_mode_sense(sdev, 0, CACHING_PAGE, 0, buf, MODE_LEN,
				  sdev->request_queue->rq_timeout, 1, &data,
				  NULL) &&
		 page_denies_cache(buf, &data);
	kfree(buf);
	return denies;
}

/* Only of a path is it known whether it has told of one: its disk stays until then. */
static void learn_cache(struct scsi_mpath_path *path)
{
	bool asked = READ_ONCE(path->lu) &&
		     test_bit(MPATH_DEVICE_CACHE, &path->mdev.flags) &&
		     !blk_queue_write_cache(path->sdev->request_queue);
	bool denies = asked && says_no_cache(path->sdev);

	if (denies)
		scsi_mpath_reread(path);
	/* It may have been another unit's word: who sees it sees PATH_REREAD. */
	smp_store_release(&path->rescan.no_cache, denies);
}

/*
 * The unit stays as long as the path is in it, and the path until this is over.
 * I/O may be held for want of this path: no memory may wait for it.
 */
void scsi_mpath_rescan_work(struct work_struct *work)
{
	struct scsi_mpath_path *path =
		container_of(work, struct scsi_mpath_path, rescan.work);
	unsigned int noio = memalloc_noio_save();
	int ret = scsi_rescan_device(path->sdev);
	struct scsi_mpath_lu *lu = READ_ONCE(path->lu);

	if (!ret) {
		learn_cache(path);
		WRITE_ONCE(path->rescan.done, true);
	}
	memalloc_noio_restore(noio);
	if (lu)
		mod_delayed_work(scsi_mpath_wq, &lu->watch_work, 0);
	else
		scsi_mpath_queue_path(path);
	scsi_mpath_put_path(path);
}

/**
 * scsi_mpath_rescan() - have the disk of a path looked at again
 * @path: the path, claimed or not
 *
 * Its VPD pages, size, limits, write protection and cache are read anew. Then
 * its unit is, or, if it has none, it is decided anew whether it gets one.
 *
 * Context: any. Does nothing while a rescan of the same disk is to begin.
 */
void scsi_mpath_rescan(struct scsi_mpath_path *path)
{
	kref_get(&path->ref);
	if (!queue_work(rescan_wq, &path->rescan.work))
		scsi_mpath_put_path(path);
}

/**
 * scsi_mpath_cancel_rescan() - a path leaves its unit
 * @path: the path; nothing asks for a rescan any more
 *
 * Context: process context; sleeps until a rescan that is under way is over.
 */
void scsi_mpath_cancel_rescan(struct scsi_mpath_path *path)
{
	if (cancel_work_sync(&path->rescan.work))
		scsi_mpath_put_path(path);
}

/* Nothing but what its disk says may keep I/O from it. */
static bool can_be_asked(struct scsi_mpath_path *path)
{
	return alua_state_is_active(READ_ONCE(path->alua_state)) &&
	       !scsi_mpath_template.is_disabled(&path->mdev);
}

/**
 * scsi_mpath_rescan_smaller() - a disk that may be of a unit is larger than it
 * @lu: the unit
 * @size: of the disk, in sectors
 *
 * Its paths may have slept while the unit grew.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_rescan_smaller(struct scsi_mpath_lu *lu, sector_t size)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (can_be_asked(path) && get_capacity(path->mdev.disk) < size)
			scsi_mpath_rescan(path);
}

static bool is_unlike(const struct scsi_mpath_path *path)
{
	return test_bit(MPATH_DEVICE_MISMATCH, &path->mdev.flags);
}

/**
 * struct latest - what one of the paths knows that can be asked
 * @size: the largest size, in sectors
 * @no_cache: there is no write cache any more
 */
struct latest {
	sector_t	size;
	bool		no_cache;
};

static struct latest latest(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;
	struct latest latest = {};

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!can_be_asked(path))
			continue;
		latest.size = max(latest.size, get_capacity(path->mdev.disk));
		latest.no_cache |= READ_ONCE(path->rescan.no_cache);
	}
	return latest;
}

static bool is_behind(const struct scsi_mpath_path *path,
		      const struct latest *latest)
{
	struct gendisk *disk = path->mdev.disk;

	return is_unlike(path) || get_capacity(disk) < latest->size ||
	       (latest->no_cache && blk_queue_write_cache(disk->queue));
}

/* An admin has told its queue that there is no cache to be flushed. */
static bool is_write_through(const struct scsi_mpath_path *path)
{
	return path->mdev.disk->queue->limits.flags & BLK_FLAG_WRITE_CACHE_DISABLED;
}

/*
 * What sd has read of a disk that is another unit's by now is no news of this one.
 * Whoever had it read, and whenever: if it is news, it counts when the path has said
 * since then that it leads to the unit.
 */
static void note_news(struct scsi_mpath_path *path)
{
	struct gendisk *disk = path->mdev.disk;
	struct scsi_mpath_rescan *rescan = &path->rescan;

	if (rescan->size == get_capacity(disk) &&
	    rescan->ro == get_disk_ro(disk) &&
	    rescan->features == disk->queue->limits.features)
		return;
	scsi_mpath_note_disk(path);
	scsi_mpath_reread(path);
}

/**
 * scsi_mpath_note_disk() - remember what sd says of a disk
 * @path: its path, about to be claimed, or in a unit whose lock is held
 *
 * Context: any.
 */
void scsi_mpath_note_disk(struct scsi_mpath_path *path)
{
	struct gendisk *disk = path->mdev.disk;

	path->rescan.size = get_capacity(disk);
	path->rescan.ro = get_disk_ro(disk);
	path->rescan.features = disk->queue->limits.features;
}

/* A path that was away, or whose port took no I/O, is asked anew after that. */
static void weigh_answer(struct scsi_mpath_path *path,
			 const struct latest *latest)
{
	struct scsi_mpath_rescan *rescan = &path->rescan;
	bool no_cache;

	note_news(path);
	if (!is_behind(path, latest) || !can_be_asked(path))
		scsi_mpath_forget_rescan(path);
	/* Pairs with learn_cache(): PATH_REREAD is looked at after it. */
	no_cache = smp_load_acquire(&rescan->no_cache);
	assign_bit(MPATH_DEVICE_GUESS, &path->mdev.flags,
		   !no_cache && !is_write_through(path));
	assign_bit(MPATH_DEVICE_STALE, &path->mdev.flags,
		   test_bit(PATH_REREAD, &path->flags) ||
		   (is_unlike(path) && !READ_ONCE(rescan->done)));
}

/**
 * scsi_mpath_forget_rescan() - what a disk has answered counts no more
 * @path: its path, about to be claimed, or in a unit whose lock is held
 *
 * Context: any.
 */
void scsi_mpath_forget_rescan(struct scsi_mpath_path *path)
{
	WRITE_ONCE(path->rescan.done, false);
	WRITE_ONCE(path->rescan.no_cache, false);
	path->rescan.delay = 0;
}

/**
 * scsi_mpath_weigh_answers() - say which paths have no vote in what a unit is
 * @lu: the unit
 *
 * A path that differs from the others has none before it was asked again: it
 * may be the last one that is left of them, and have slept while they grew. Nor has
 * one of which sd has read something new, before it has said which unit that was.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_weigh_answers(struct scsi_mpath_lu *lu)
{
	struct latest known = latest(lu);
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		weigh_answer(path, &known);
}

static bool is_due(const struct scsi_mpath_rescan *rescan)
{
	return !rescan->delay || time_after_eq(jiffies, rescan->due);
}

static bool is_worth_rescanning(struct scsi_mpath_path *path,
				const struct latest *latest)
{
	/* A target whose ports do not agree is not asked for ever. */
	if (!is_unlike(path) && path->rescan.delay == RESCAN_MAX_SECS)
		return false;
	return can_be_asked(path) && is_behind(path, latest) &&
	       is_due(&path->rescan);
}

/**
 * scsi_mpath_rescan_unlike() - ask the paths again that differ from others
 * @lu: the unit
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_rescan_unlike(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_rescan *rescan;
	struct latest known = latest(lu);
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!is_worth_rescanning(path, &known))
			continue;
		rescan = &path->rescan;
		rescan->delay = clamp(2 * rescan->delay, RESCAN_FIRST_SECS,
				      RESCAN_MAX_SECS);
		rescan->due = jiffies + rescan->delay * HZ;
		scsi_mpath_rescan(path);
	}
}
