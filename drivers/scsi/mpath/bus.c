// SPDX-License-Identifier: GPL-2.0
/*
 * How the module learns of SCSI disks.
 *
 * The SCSI bus tells: a device appears, sd is bound to it and has made its disk.
 * It goes the same way: the device is about to go, then sd is unbound. A device
 * may also be unbound and bound again while it stays. Nothing is done in these
 * calls but to note what happened and to queue the path's work: they run under
 * locks of the driver core and of the device's host. scsi_mpath_lock is taken
 * there, for a device that is no disk: nobody who has it waits for those.
 */
#include <linux/device/bus.h>
#include <scsi/scsi_host.h>

#include "scsi_mpath.h"

static LIST_HEAD(scsi_mpath_paths);
static bool scsi_mpath_leaves;			/* the list gets no more */
static DEFINE_SPINLOCK(scsi_mpath_paths_lock);	/* protects the two above */
static const struct bus_type *scsi_mpath_bus;

/* Returns the path of @sdev with a reference, or NULL. */
static struct scsi_mpath_path *look_up(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&scsi_mpath_paths_lock);
	list_for_each_entry(path, &scsi_mpath_paths, entry) {
		if (path->sdev == sdev) {
			kref_get(&path->ref);
			return path;
		}
	}
	return NULL;
}

/**
 * scsi_mpath_find_path() - the path that a SCSI device is, or may become
 * @sdev: the device
 *
 * Context: process context.
 * Return: the path with a reference, or NULL if the device is no disk, or goes.
 */
struct scsi_mpath_path *scsi_mpath_find_path(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path;

	spin_lock(&scsi_mpath_paths_lock);
	path = look_up(sdev);
	spin_unlock(&scsi_mpath_paths_lock);
	return path;
}

/**
 * scsi_mpath_find_left_alone() - a unit is there: look at its disks again
 * @names: of the unit
 *
 * A disk without ALUA is left alone as long as it leads to nothing that has any.
 *
 * Context: process context; takes a spinlock.
 */
void scsi_mpath_find_left_alone(const struct designator_set *names)
{
	struct scsi_mpath_path *path;
	struct designator_set its;

	spin_lock(&scsi_mpath_paths_lock);
	list_for_each_entry(path, &scsi_mpath_paths, entry) {
		if (READ_ONCE(path->lu) || scsi_device_tpgs(path->sdev))
			continue;
		scsi_mpath_read_names(path->sdev, &its);
		if (designator_sets_agree(names, &its))
			scsi_mpath_queue_path(path);
	}
	spin_unlock(&scsi_mpath_paths_lock);
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

/* Returns the path of @sdev with a reference, made if need be, or NULL. */
static struct scsi_mpath_path *scsi_mpath_get_path(struct scsi_device *sdev)
{
	struct scsi_mpath_path *made = scsi_mpath_alloc_path(sdev);
	struct scsi_mpath_path *path;

	spin_lock(&scsi_mpath_paths_lock);
	path = look_up(sdev);
	if (!path && made && !scsi_mpath_leaves) {
		/* The first reference is the list's. */
		list_add_tail(&made->entry, &scsi_mpath_paths);
		kref_get(&made->ref);
		path = made;
	}
	spin_unlock(&scsi_mpath_paths_lock);
	if (made && path != made)
		scsi_mpath_put_path(made);
	return path;
}

/*
 * The device goes, or the module does and lets go of it: whichever notices it
 * first. The file is taken away here in both cases, as the device's directory
 * is there as long as this has not returned, and our code.
 */
static void scsi_mpath_remove_path(struct scsi_mpath_path *path)
{
	bool listed;

	set_bit(PATH_GONE, &path->flags);
	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_queue_path(path);
	scsi_mpath_remove_group(path);

	scsi_mpath_remove_unit_file(path);

	spin_lock(&scsi_mpath_paths_lock);
	listed = !list_empty(&path->entry);
	list_del_init(&path->entry);
	spin_unlock(&scsi_mpath_paths_lock);
	if (listed)
		scsi_mpath_put_path(path);
}

/*
 * Before sd sees the device, so that whoever is told of the disk finds the file
 * in which to ask: sd probes beside the thread that adds the device. Or at our
 * start, when the device may be on its way out:
 *
 *	here				removal of the device
 *	----				---------------------
 *					state is SDEV_CANCEL
 *					BUS_NOTIFY_DEL_DEVICE: none found
 *	path is on the list
 *	state is SDEV_CANCEL: no file, and
 *	off the list again
 *
 *	path is on the list
 *	file_lock, state is SDEV_RUNNING
 *					state is SDEV_CANCEL
 *					BUS_NOTIFY_DEL_DEVICE: it is found,
 *					and waits for file_lock
 *	file is there, file_lock
 *					file goes
 */
static void scsi_mpath_add_sdev(struct scsi_device *sdev)
{
	struct scsi_mpath_path *path;

	if (sdev->type != TYPE_DISK) {
		scsi_mpath_not_claimed(sdev);
		return;
	}
	path = scsi_mpath_get_path(sdev);
	if (!path)
		return;
	scsi_mpath_add_unit_file(path);
	/* If sd is not done yet, its event will come. */
	if (sdev->sdev_gendev.driver)
		scsi_mpath_sd_bound(path);
	if (path_is_going(path))
		scsi_mpath_remove_path(path);
	scsi_mpath_put_path(path);
}

static int scsi_mpath_add_existing(struct device *dev, void *data)
{
	if (scsi_is_sdev_device(dev))
		scsi_mpath_add_sdev(to_scsi_device(dev));
	return 0;
}

static int scsi_mpath_bus_event(struct notifier_block *nb, unsigned long event,
				void *data)
{
	struct scsi_mpath_path *path;
	struct device *dev = data;

	if (!scsi_is_sdev_device(dev))
		return NOTIFY_DONE;
	if (event == BUS_NOTIFY_ADD_DEVICE) {
		scsi_mpath_add_sdev(to_scsi_device(dev));
		return NOTIFY_OK;
	}
	path = scsi_mpath_find_path(to_scsi_device(dev));
	if (!path)
		return NOTIFY_DONE;
	if (event == BUS_NOTIFY_BOUND_DRIVER)
		scsi_mpath_sd_bound(path);
	else if (event == BUS_NOTIFY_UNBIND_DRIVER)
		scsi_mpath_sd_unbinds(path);
	else if (event == BUS_NOTIFY_DEL_DEVICE)
		scsi_mpath_remove_path(path);
	scsi_mpath_put_path(path);
	return NOTIFY_OK;
}

static struct notifier_block scsi_mpath_bus_nb = {
	.notifier_call = scsi_mpath_bus_event,
};

/* It is not exported, but every host knows it, even one that is never added. */
static const struct bus_type *find_scsi_bus(void)
{
	static const struct scsi_host_template template = {
		.module	= THIS_MODULE,
		.name	= "scsi_mpath",
	};
	struct Scsi_Host *host = scsi_host_alloc(&template, 0);
	const struct bus_type *bus;

	if (!host)
		return NULL;
	bus = host->shost_gendev.bus;
	scsi_host_put(host);
	return bus;
}

/**
 * scsi_mpath_follow_bus() - learn of the disks that are there, and of each to come
 *
 * Context: process context.
 * Return: 0 or -ENOMEM.
 */
int scsi_mpath_follow_bus(void)
{
	int ret;

	scsi_mpath_bus = find_scsi_bus();
	if (!scsi_mpath_bus)
		return -ENOMEM;
	ret = bus_register_notifier(scsi_mpath_bus, &scsi_mpath_bus_nb);
	if (ret)
		return ret;
	/* A device that comes meanwhile is seen twice, but none is missed. */
	bus_for_each_dev(scsi_mpath_bus, NULL, NULL, scsi_mpath_add_existing);
	return 0;
}

/**
 * scsi_mpath_walk_bus() - look at all devices of the bus, targets included
 * @fn: called for each, until it returns something else than 0
 * @data: for @fn
 *
 * Context: process context; @fn may sleep.
 * Return: what @fn has returned last.
 */
int scsi_mpath_walk_bus(scsi_mpath_device_fn *fn, void *data)
{
	return bus_for_each_dev(scsi_mpath_bus, NULL, data, fn);
}

/* Returns one of those that are left, with a reference, or NULL. */
static struct scsi_mpath_path *any_path(void)
{
	struct scsi_mpath_path *path;

	spin_lock(&scsi_mpath_paths_lock);
	path = list_first_entry_or_null(&scsi_mpath_paths,
					struct scsi_mpath_path, entry);
	if (path)
		kref_get(&path->ref);
	spin_unlock(&scsi_mpath_paths_lock);
	return path;
}

/**
 * scsi_mpath_leave_bus() - let go of all disks, and learn of no more
 *
 * Events come until no device has a file of ours: one that goes waits for us.
 *
 * Context: process context. When it returns, the work that retires the last
 * paths may be queued or under way.
 */
void scsi_mpath_leave_bus(void)
{
	struct scsi_mpath_path *path;

	spin_lock(&scsi_mpath_paths_lock);
	scsi_mpath_leaves = true;
	spin_unlock(&scsi_mpath_paths_lock);

	while ((path = any_path())) {
		scsi_mpath_remove_path(path);
		scsi_mpath_put_path(path);
	}
	bus_unregister_notifier(scsi_mpath_bus, &scsi_mpath_bus_nb);
}
