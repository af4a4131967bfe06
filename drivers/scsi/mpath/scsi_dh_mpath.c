// SPDX-License-Identifier: GPL-2.0
/*
 * Device handler "mpath".
 *
 * A handler is the sanctioned way to see a device's sense data. A device never
 * lets go of its handler before it is released, so the handler pins its
 * module; that is why it is a module of its own, and scsi_mpath, which only
 * watches through it, can be unloaded. A device without a watcher is treated
 * as if it had no handler.
 */
#include <linux/bio.h>
#include <linux/blk-mq.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/multipath.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <scsi/scsi_dh.h>
#include <scsi/scsi_eh.h>
#include <scsi/scsi_proto.h>

#include "scsi_dh_mpath.h"

/* How long a command is sent again at once while its port group changes. */
#define QUICK_TRANSITION	(HZ / 10)

/* Reports of a transition that are further apart than this are of two. */
#define TRANSITION_GAP		HZ

/**
 * struct dh_mpath_data - what the handler keeps for one device
 * @watcher: under RCU
 * @first: when the transition under way was first reported, in jiffies
 * @latest: when it was last reported. Both are written without a lock: a lost
 *	write costs one quick retry more or less
 */
struct dh_mpath_data {
	struct scsi_dh_mpath_watcher __rcu *watcher;
	unsigned long first;
	unsigned long latest;
};

static struct scsi_device_handler dh_mpath;

/*
 * Many targets change state within milliseconds. The SCSI core waits a whole
 * second before it looks at a transitioning device again, so a command is sent
 * again at once while the transition is young. After that the core's way is
 * taken: dh_mpath_prep_fn() then fails the command, and it moves to another
 * path.
 */
static enum scsi_disposition dh_mpath_transition(struct dh_mpath_data *data)
{
	unsigned long now = jiffies;

	if (time_after(now, READ_ONCE(data->latest) + TRANSITION_GAP))
		WRITE_ONCE(data->first, now);
	WRITE_ONCE(data->latest, now);
	if (time_before(now, READ_ONCE(data->first) + QUICK_TRANSITION))
		return ADD_TO_MLQUEUE;
	return SCSI_RETURN_NOT_HANDLED;
}

/* LOGICAL UNIT NOT ACCESSIBLE, ASYMMETRIC ACCESS STATE TRANSITION */
static bool is_transition(const struct scsi_sense_hdr *sshdr)
{
	return sshdr->sense_key == NOT_READY && sshdr->asc == 0x04 &&
	       sshdr->ascq == 0x0a;
}

static enum scsi_disposition dh_mpath_check_sense(struct scsi_device *sdev,
						  struct scsi_sense_hdr *sshdr)
{
	enum scsi_disposition ret = SCSI_RETURN_NOT_HANDLED;
	struct dh_mpath_data *data = sdev->handler_data;
	struct scsi_dh_mpath_watcher *watcher;

	rcu_read_lock();
	watcher = rcu_dereference(data->watcher);
	if (watcher) {
		watcher->sense(watcher, sshdr);
		if (is_transition(sshdr))
			ret = dh_mpath_transition(data);
	}
	rcu_read_unlock();
	return ret;
}

static bool state_takes_io(unsigned char access_state)
{
	switch (access_state & SCSI_ACCESS_STATE_MASK) {
	case SCSI_ACCESS_STATE_OPTIMAL:
	case SCSI_ACCESS_STATE_ACTIVE:
	case SCSI_ACCESS_STATE_LBA:
		return true;
	default:
		return false;
	}
}

/*
 * Which request a bio is sent with is known here and nowhere else. A bio that was
 * split is the last piece of itself: the others are in other requests, and its
 * status may be theirs, so it gets none.
 */
static void mark_bios(const struct scsi_dh_mpath_watcher *watcher,
		      struct request *req, void *mark)
{
	struct bio *bio;

	__rq_for_each_bio(bio, req)
		if (bio->bi_end_io == watcher->end_io &&
		    !bio_flagged(bio, BIO_CHAIN))
			bio->bi_private = mark;
}

/* The flush that the block layer makes of several has no bio, but their flags. */
static bool came_through_head(const struct request *req)
{
	const struct bio *bio;

	if (req->cmd_flags & REQ_MPATH)
		return true;
	__rq_for_each_bio(bio, req)
		if (bio->bi_opf & REQ_MPATH)
			return true;
	return false;
}

static bool is_refused(const struct scsi_dh_mpath_watcher *watcher,
		       const struct request *req)
{
	return READ_ONCE(*watcher->flags) & watcher->refuse &&
	       came_through_head(req);
}

/*
 * I/O to a port that would refuse it fails before it is sent, without a line
 * in the log for each: what probes the path's own disk node would fill it. So
 * does what waited in the queue of a device that may be another unit by now.
 * Commands of ours are pass-through and do not come here.
 *
 * A dispatch is all the protection that the watcher needs: scsi_dh_mpath_unwatch()
 * waits for those under way.
 */
static blk_status_t dh_mpath_prep_fn(struct scsi_device *sdev,
				     struct request *req)
{
	struct dh_mpath_data *data = sdev->handler_data;
	struct scsi_dh_mpath_watcher *watcher =
		rcu_dereference_raw(data->watcher);

	if (!watcher)
		return BLK_STS_OK;
	if (likely(state_takes_io(READ_ONCE(sdev->access_state)) &&
		   !is_refused(watcher, req))) {
		mark_bios(watcher, req, req);
		return BLK_STS_OK;
	}
	mark_bios(watcher, req, SCSI_DH_MPATH_REFUSED);
	req->rq_flags |= RQF_QUIET;
	return BLK_STS_IOERR;
}

static int dh_mpath_attach(struct scsi_device *sdev)
{
	struct dh_mpath_data *data;

	data = kzalloc_obj(*data);
	if (!data)
		return SCSI_DH_NOMEM;
	data->latest = jiffies - TRANSITION_GAP - 1;
	sdev->handler_data = data;
	return SCSI_DH_OK;
}

static void dh_mpath_detach(struct scsi_device *sdev)
{
	kfree(sdev->handler_data);
	sdev->handler_data = NULL;
}

static struct scsi_device_handler dh_mpath = {
	.name		= SCSI_DH_MPATH_NAME,
	.module		= THIS_MODULE,
	.attach		= dh_mpath_attach,
	.detach		= dh_mpath_detach,
	.check_sense	= dh_mpath_check_sense,
	.prep_fn	= dh_mpath_prep_fn,
};

/**
 * scsi_dh_mpath_watch() - see the sense data of a device from now on
 * @sdev: a device whose request queue is alive
 * @watcher: kept until scsi_dh_mpath_unwatch() has returned; one per device
 *
 * Attaches the handler first if the device has none.
 *
 * Context: process context; sleeps.
 * Return: 0, -EBUSY if another handler or another watcher is there, -ENOMEM
 * or the error of scsi_dh_attach().
 */
int scsi_dh_mpath_watch(struct scsi_device *sdev,
			struct scsi_dh_mpath_watcher *watcher)
{
	struct scsi_dh_mpath_watcher __rcu *unset = NULL;
	struct dh_mpath_data *data;
	int ret;

	ret = scsi_dh_attach(sdev->request_queue, SCSI_DH_MPATH_NAME);
	if (ret)
		return ret;
	data = sdev->handler_data;
	if (!try_cmpxchg(&data->watcher, &unset,
			 (struct scsi_dh_mpath_watcher __rcu *)watcher))
		return -EBUSY;
	return 0;
}
EXPORT_SYMBOL_GPL(scsi_dh_mpath_watch);

/**
 * scsi_dh_mpath_unwatch() - do not see the sense data of a device any more
 * @sdev: a device for which scsi_dh_mpath_watch() returned 0
 *
 * Context: process context; sleeps. When it returns, no call of the watcher
 * is under way.
 */
void scsi_dh_mpath_unwatch(struct scsi_device *sdev)
{
	struct dh_mpath_data *data = sdev->handler_data;

	RCU_INIT_POINTER(data->watcher, NULL);
	synchronize_rcu();
	/* Some hosts' dispatch sleeps, and is not under RCU. */
	blk_mq_wait_quiesce_done(sdev->request_queue->tag_set);
}
EXPORT_SYMBOL_GPL(scsi_dh_mpath_unwatch);

static int __init dh_mpath_init(void)
{
	return scsi_register_device_handler(&dh_mpath);
}

static void __exit dh_mpath_exit(void)
{
	scsi_unregister_device_handler(&dh_mpath);
}

module_init(dh_mpath_init);
module_exit(dh_mpath_exit);

MODULE_DESCRIPTION("SCSI device handler that lets scsi_mpath see sense data");
MODULE_LICENSE("GPL");
