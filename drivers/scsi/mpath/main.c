// SPDX-License-Identifier: GPL-2.0
/*
 * The module, and how it learns of SCSI disks.
 *
 * A SCSI device appears (interface), and sd makes its disk (bus notifier),
 * which may come first. It goes the same way: interface removal, then unbind.
 * A device may also be unbound and bound again while it stays. Nothing is done
 * in these calls but to note what happened and to queue the path's work: they
 * run under locks of the driver core.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <scsi/scsi_driver.h>

#include "scsi_mpath.h"

DEFINE_MUTEX(scsi_mpath_lock);	/* protects the lists of units and nexuses */
struct workqueue_struct *scsi_mpath_wq;
int scsi_mpath_major;

static LIST_HEAD(scsi_mpath_paths);
static DEFINE_SPINLOCK(scsi_mpath_paths_lock);	/* protects scsi_mpath_paths */
static const struct bus_type *scsi_mpath_bus;	/* known with the first device */

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

/* Returns the path of @sdev with a reference, or NULL. */
struct scsi_mpath_path *scsi_mpath_find_path(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path, *found = NULL;

	spin_lock(&scsi_mpath_paths_lock);
	list_for_each_entry(path, &scsi_mpath_paths, entry) {
		if (path->sdev == sdev) {
			kref_get(&path->ref);
			found = path;
			break;
		}
	}
	spin_unlock(&scsi_mpath_paths_lock);
	return found;
}

/* The reference is dropped at the end of scsi_mpath_path_work(). */
void scsi_mpath_queue_path(struct scsi_mpath_path *path)
{
	kref_get(&path->ref);
	if (!queue_work(scsi_mpath_wq, &path->work))
		scsi_mpath_put_path(path);
}

/* Brings the path to where the device is. A work item never runs twice at once. */
static void scsi_mpath_path_work(struct work_struct *work)
{
	struct scsi_mpath_path *path =
		container_of(work, struct scsi_mpath_path, work);
	bool wanted = test_bit(PATH_BOUND, &path->flags) &&
		      !test_bit(PATH_GONE, &path->flags) &&
		      !test_bit(PATH_RELEASED, &path->flags);

	/* Unbound and bound again meanwhile: the disk is another one. */
	if (path->lu && (!wanted || test_bit(PATH_RETIRING, &path->flags)))
		scsi_mpath_retire(path);
	if (!path->lu && wanted && !scsi_mpath_claim(path))
		scsi_mpath_not_claimed(path->sdev);
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
	flush_work(&path->work);
}

/**
 * scsi_mpath_settle() - wait until a disk is a path, or is known not to be one
 * @path: the path of a disk that has been announced
 *
 * sd announces its disk in its probe, which holds the lock of the device and
 * ends with the event that queues our work.
 *
 * Context: process context; sleeps as long as the disk takes to answer.
 */
void scsi_mpath_settle(struct scsi_mpath_path *path)
{
	device_lock(&path->sdev->sdev_gendev);
	device_unlock(&path->sdev->sdev_gendev);
	flush_work(&path->work);
}

static void scsi_mpath_sd_bound(struct scsi_mpath_path *path)
{
	set_bit(PATH_BOUND, &path->flags);
	scsi_mpath_queue_path(path);
}

/*
 * sd is about to take its disk away, and our files in the disk's directory
 * must go before. I/O stops here: the device may still be running, and must
 * not be chosen again.
 */
static void scsi_mpath_sd_unbinds(struct scsi_mpath_path *path)
{
	clear_bit(PATH_BOUND, &path->flags);
	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_remove_group(path);
	scsi_mpath_queue_path(path);
}

static int scsi_mpath_bus_event(struct notifier_block *nb, unsigned long event,
				void *data)
{
	struct scsi_mpath_path *path;
	struct device *dev = data;

	if (!scsi_is_sdev_device(dev) ||
	    (event != BUS_NOTIFY_BOUND_DRIVER &&
	     event != BUS_NOTIFY_UNBIND_DRIVER))
		return NOTIFY_DONE;

	path = scsi_mpath_find_path(to_scsi_device(dev));
	if (!path)
		return NOTIFY_DONE;
	if (event == BUS_NOTIFY_BOUND_DRIVER)
		scsi_mpath_sd_bound(path);
	else
		scsi_mpath_sd_unbinds(path);
	scsi_mpath_put_path(path);
	return NOTIFY_OK;
}

static struct notifier_block scsi_mpath_bus_nb = {
	.notifier_call = scsi_mpath_bus_event,
};

static struct scsi_mpath_path *scsi_mpath_alloc_path(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path;

	path = kzalloc_obj(*path);
	if (!path)
		return NULL;
	/* Dropped by scsi_mpath_free_path(). */
	get_device(&sdev->sdev_gendev);
	path->sdev = sdev;
	path->watcher.sense = scsi_mpath_sense;
	kref_init(&path->ref);
	mutex_init(&path->lock);
	INIT_LIST_HEAD(&path->lu_entry);
	INIT_WORK(&path->work, scsi_mpath_path_work);
	mutex_init(&path->admin_lock);
	INIT_DELAYED_WORK(&path->health.probe_work, scsi_mpath_probe_work);
	INIT_DELAYED_WORK(&path->hide_work, scsi_mpath_hide_work);
	return path;
}

/*
 * The SCSI bus is not exported; the first device tells which it is. Devices
 * appear under a mutex of their class, so two cannot come at once.
 */
static int scsi_mpath_follow_bus(struct scsi_device *sdev)
{
	int ret;

	if (scsi_mpath_bus)
		return 0;
	ret = bus_register_notifier(sdev->sdev_gendev.bus, &scsi_mpath_bus_nb);
	if (!ret)
		scsi_mpath_bus = sdev->sdev_gendev.bus;
	return ret;
}

/* @dev is sdev->sdev_dev, whose parent is the SCSI device. */
static int scsi_mpath_add_sdev(struct device *dev)
{
	struct scsi_device *sdev = to_scsi_device(dev->parent);
	struct scsi_mpath_path *path;
	int ret;

	ret = scsi_mpath_follow_bus(sdev);
	if (ret)
		return ret;
	if (sdev->type != TYPE_DISK)
		return 0;

	path = scsi_mpath_alloc_path(sdev);
	if (!path)
		return -ENOMEM;
	spin_lock(&scsi_mpath_paths_lock);
	list_add_tail(&path->entry, &scsi_mpath_paths);
	spin_unlock(&scsi_mpath_paths_lock);
	scsi_mpath_add_unit_file(sdev);

	/* sd may have been faster; if it is not done yet, its event will come. */
	if (sdev->sdev_gendev.driver)
		scsi_mpath_sd_bound(path);
	return 0;
}

/*
 * With the module's end, too: the device stays, and we let go of it. Off the
 * list, no later event finds the path.
 */
static void scsi_mpath_remove_sdev(struct device *dev)
{
	struct scsi_mpath_path *path;

	path = scsi_mpath_find_path(to_scsi_device(dev->parent));
	if (!path)
		return;
	scsi_mpath_remove_unit_file(path->sdev);
	spin_lock(&scsi_mpath_paths_lock);
	list_del(&path->entry);
	spin_unlock(&scsi_mpath_paths_lock);
	scsi_mpath_put_path(path);

	set_bit(PATH_GONE, &path->flags);
	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_remove_group(path);
	scsi_mpath_queue_path(path);
	scsi_mpath_put_path(path);
}

static struct class_interface scsi_mpath_interface = {
	.add_dev	= scsi_mpath_add_sdev,
	.remove_dev	= scsi_mpath_remove_sdev,
};

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
	ret = scsi_register_interface(&scsi_mpath_interface);
	if (ret)
		goto err_wq;
	return 0;

err_wq:
	destroy_workqueue(scsi_mpath_wq);
err_major:
	unregister_blkdev(scsi_mpath_major, "sd");
	return ret;
}

static void __exit scsi_mpath_exit(void)
{
	if (scsi_mpath_bus)
		bus_unregister_notifier(scsi_mpath_bus, &scsi_mpath_bus_nb);
	scsi_unregister_interface(&scsi_mpath_interface);
	/*
	 * Waits for the work that retires every path, and so for the end of
	 * all timers: one that fires into a queue that is being destroyed
	 * would be a bug.
	 */
	flush_workqueue(scsi_mpath_wq);
	destroy_workqueue(scsi_mpath_wq);
	unregister_blkdev(scsi_mpath_major, "sd");
}

module_init(scsi_mpath_init);
module_exit(scsi_mpath_exit);

MODULE_DESCRIPTION("Native multipath for SCSI disks");
MODULE_LICENSE("GPL");
