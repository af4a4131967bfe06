// SPDX-License-Identifier: GPL-2.0
/*
 * The module, and the work that makes a SCSI disk a path, or none.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

DEFINE_MUTEX(scsi_mpath_lock);	/* protects the lists of units and nexuses */
struct workqueue_struct *scsi_mpath_wq;
int scsi_mpath_major;

static void scsi_mpath_free_path(struct kref *ref)
{
	struct scsi_mpath_path *path =
		container_of(ref, struct scsi_mpath_path, ref);

	put_device(&path->sdev->sdev_gendev);
	kfree(path);
}

void scsi_mpath_put_path(struct scsi_mpath_path *path)
{
	kref_put(&path->ref, scsi_mpath_free_path);
}

/*
 * The reference is dropped at the end of scsi_mpath_path_work(); a work that waits
 * for its time has one already.
 */
void scsi_mpath_queue_path(struct scsi_mpath_path *path)
{
	kref_get(&path->ref);
	if (mod_delayed_work(scsi_mpath_wq, &path->work, 0))
		scsi_mpath_put_path(path);
}

/* Does nothing if it is queued: that is sooner. */
void scsi_mpath_queue_path_later(struct scsi_mpath_path *path,
				 unsigned long delay)
{
	kref_get(&path->ref);
	if (!queue_delayed_work(scsi_mpath_wq, &path->work, delay))
		scsi_mpath_put_path(path);
}

/* Those that nobody wants to be a path say nothing, but for the admin's. */
static void leave(struct scsi_mpath_path *path)
{
	bool released = test_bit(PATH_RELEASED, &path->flags);

	scsi_mpath_taken(path);
	scsi_mpath_leave_alone(path, released ? "released" : NULL, false);
}

/* Brings the path to where the device is. A work item never runs twice at once. */
static void scsi_mpath_path_work(struct work_struct *work)
{
	struct scsi_mpath_path *path =
		container_of(work, struct scsi_mpath_path, work.work);
	bool wanted = test_bit(PATH_BOUND, &path->flags) &&
		      !test_bit(PATH_GONE, &path->flags) &&
		      !test_bit(PATH_RELEASED, &path->flags);

	/* Unbound and bound again meanwhile: the disk is another one. */
	if (path->lu && (!wanted || test_bit(PATH_RETIRING, &path->flags)))
		scsi_mpath_retire(path);
	if (!wanted)
		leave(path);
	if (!path->lu && wanted && !scsi_mpath_claim(path)) {
		scsi_mpath_not_claimed(path->sdev);
		scsi_mpath_look_again(path);
	}
	scsi_mpath_put_path(path);
}

/**
 * scsi_mpath_decide() - make the disk a path or none, as it is wanted now
 * @path: its path
 *
 * Context: process context; sleeps as long as the disk takes to answer, or to
 * complete what it has.
 */
void scsi_mpath_decide(struct scsi_mpath_path *path)
{
	scsi_mpath_queue_path(path);
	flush_work(&path->work.work);
}

/**
 * scsi_mpath_settle() - wait until a disk is a path, or is known not to be one
 * @path: the path of a disk that has been announced
 *
 * sd announces its disk in its probe, which holds the lock of the device and
 * ends with the event that queues our work. One that is to look again later is not
 * waited for.
 *
 * Context: process context; sleeps as long as the disk takes to answer.
 */
void scsi_mpath_settle(struct scsi_mpath_path *path)
{
	device_lock(&path->sdev->sdev_gendev);
	device_unlock(&path->sdev->sdev_gendev);
	flush_work(&path->work.work);
}

/**
 * scsi_mpath_alloc_path() - what is kept of a SCSI disk
 * @sdev: the disk's device
 *
 * Context: process context.
 * Return: the path, not claimed, with a reference; NULL without memory, which
 * the log tells.
 */
struct scsi_mpath_path *scsi_mpath_alloc_path(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path;

	path = kzalloc_obj(*path);
	if (!path) {
		sdev_printk(KERN_WARNING, sdev, "mpath: no memory, left alone\n");
		return NULL;
	}
	/* Dropped by scsi_mpath_free_path(). */
	get_device(&sdev->sdev_gendev);
	path->sdev = sdev;
	path->watcher.sense = scsi_mpath_sense;
	path->watcher.end_io = scsi_mpath_end_io;
	path->watcher.flags = &path->flags;
	path->watcher.refuse = BIT(PATH_UNSURE);
	kref_init(&path->ref);
	mutex_init(&path->lock);
	mutex_init(&path->file_lock);
	INIT_LIST_HEAD(&path->entry);
	INIT_LIST_HEAD(&path->lu_entry);
	INIT_LIST_HEAD(&path->nexus_entry);
	INIT_LIST_HEAD(&path->ask_entry);
	INIT_DELAYED_WORK(&path->work, scsi_mpath_path_work);
	mutex_init(&path->admin_lock);
	INIT_DELAYED_WORK(&path->health.probe_work, scsi_mpath_probe_work);
	INIT_DELAYED_WORK(&path->hide_work, scsi_mpath_hide_work);
	INIT_WORK(&path->rescan.work, scsi_mpath_rescan_work);
	return path;
}

static int __init scsi_mpath_init(void)
{
	int ret;

	/* LVM takes disks only whose major number has a name that it knows. */
	scsi_mpath_major = register_blkdev(0, "sd");
	if (scsi_mpath_major < 0)
		return scsi_mpath_major;
	ret = -ENOMEM;
	scsi_mpath_wq = alloc_workqueue("scsi_mpath",
					WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!scsi_mpath_wq)
		goto err_major;
	ret = scsi_mpath_init_rescan();
	if (ret)
		goto err_wq;
	ret = scsi_mpath_follow_bus();
	if (ret)
		goto err_rescan;
	return 0;

err_rescan:
	scsi_mpath_exit_rescan();
err_wq:
	destroy_workqueue(scsi_mpath_wq);
err_major:
	unregister_blkdev(scsi_mpath_major, "sd");
	return ret;
}

static void __exit scsi_mpath_exit(void)
{
	scsi_mpath_leave_bus();
	/*
	 * Waits for the work that retires every path, and so for the end of
	 * all timers: one that fires into a queue that is being destroyed
	 * would be a bug.
	 */
	flush_workqueue(scsi_mpath_wq);
	scsi_mpath_exit_rescan();
	destroy_workqueue(scsi_mpath_wq);
	scsi_mpath_await_commands();
	unregister_blkdev(scsi_mpath_major, "sd");
}

module_init(scsi_mpath_init);
module_exit(scsi_mpath_exit);

MODULE_DESCRIPTION("Native multipath for SCSI disks");
MODULE_LICENSE("GPL");
