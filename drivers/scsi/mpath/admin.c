// SPDX-License-Identifier: GPL-2.0
/*
 * What an admin wants of a path: in service, in reserve, or out of service,
 * so that its cable can be pulled and no I/O notices; or that it be none.
 */
#include <linux/blkdev.h>

#include "scsi_mpath.h"

const char * const scsi_mpath_admin_names[] = {
	[SCSI_MPATH_IN_SERVICE] = "in-service",
	[SCSI_MPATH_STANDBY] = "standby",
	[SCSI_MPATH_OUT_OF_SERVICE] = "out-of-service",
	NULL,
};

enum scsi_mpath_admin scsi_mpath_get_admin(const struct scsi_mpath_path *path)
{
	unsigned long flags = READ_ONCE(path->flags);

	if (flags & BIT(PATH_OUT))
		return SCSI_MPATH_OUT_OF_SERVICE;
	return flags & BIT(PATH_STANDBY) ? SCSI_MPATH_STANDBY :
					   SCSI_MPATH_IN_SERVICE;
}

static bool is_last_usable(struct scsi_mpath_path *path)
{
	struct scsi_mpath_path *other;

	lockdep_assert_held(&path->lu->lock);
	list_for_each_entry(other, &path->lu->paths, lu_entry)
		if (other != path && scsi_mpath_takes_io(other))
			return false;
	return scsi_mpath_takes_io(path);
}

/* Another path that takes I/O, with a reference; or NULL */
static struct scsi_mpath_path *get_other(struct scsi_mpath_path *path)
{
	struct scsi_mpath_path *other;

	guard(mutex)(&path->lu->lock);
	list_for_each_entry(other, &path->lu->paths, lu_entry) {
		if (other == path || !scsi_mpath_takes_io(other))
			continue;
		kref_get(&other->ref);
		return other;
	}
	return NULL;
}

/*
 * One that was idle may lead elsewhere by now, and nobody know it. It says so when it
 * is asked, and is in doubt then: the next one is another.
 */
static void ask_others(struct scsi_mpath_path *path)
{
	unsigned int tries = READ_ONCE(path->lu->nr_paths);
	struct scsi_mpath_path *other;
	bool speaks = false;

	while (!speaks && tries-- && (other = get_other(path))) {
		speaks = scsi_mpath_speaks_for_unit(path->lu, other);
		scsi_mpath_put_path(other);
	}
}

static int apply(struct scsi_mpath_path *path, enum scsi_mpath_admin admin)
{
	struct scsi_mpath_lu *lu = path->lu;
	int ret = 0;

	mutex_lock(&lu->lock);
	if (admin == SCSI_MPATH_OUT_OF_SERVICE && is_last_usable(path)) {
		ret = -EBUSY;
	} else {
		assign_bit(PATH_STANDBY, &path->flags,
			   admin == SCSI_MPATH_STANDBY);
		assign_bit(PATH_OUT, &path->flags,
			   admin == SCSI_MPATH_OUT_OF_SERVICE);
		scsi_mpath_rank_paths(lu);
		/* It looks more often while a path is in reserve. */
		mod_delayed_work(scsi_mpath_wq, &lu->watch_work, 0);
	}
	mutex_unlock(&lu->lock);
	return ret;
}

/**
 * scsi_mpath_set_admin() - take a path into service, or out of it
 * @path: the path, which stays claimed meanwhile
 * @admin: what it shall be
 *
 * A path that goes out of service gets no more I/O, and its own has completed
 * when this returns 0. The last path that takes I/O stays in service.
 *
 * Context: process context; sleeps until the path's I/O has completed.
 * Return: 0, -EBUSY if no other path takes I/O, -ERESTARTSYS if a signal came
 * first: the path may be out of service then, but still have I/O.
 */
int scsi_mpath_set_admin(struct scsi_mpath_path *path,
			 enum scsi_mpath_admin admin)
{
	struct mpath_head *head = path->lu->head;
	const char *disk = head->disk->disk_name;
	int ret;

	if (mutex_lock_interruptible(&path->admin_lock))
		return -ERESTARTSYS;
	if (admin == SCSI_MPATH_OUT_OF_SERVICE)
		ask_others(path);
	ret = apply(path, admin);
	if (ret) {
		pr_warn("%s: path %s stays in service, no other path takes I/O\n",
			disk, path_name(path));
		goto out;
	}
	if (admin == SCSI_MPATH_OUT_OF_SERVICE) {
		ret = mpath_drain_device(&path->mdev);
		/* What it is being asked is I/O as well. */
		if (!ret)
			flush_work(&path->health.probe_work.work);
	} else {
		mpath_clear_paths(head);
		mpath_path_changed(head);
		scsi_mpath_alua_request(path->lu);
	}
	pr_info("%s: path %s is %s%s\n", disk, path_name(path),
		scsi_mpath_admin_names[admin],
		ret ? ", its I/O has not ended yet" : "");
out:
	mutex_unlock(&path->admin_lock);
	return ret;
}

/*
 * Both views of the data at once would be two caches of it. Who opens the unit
 * from here on finds a path less, as if its device had gone.
 */
static int disclaim(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu;

	guard(mutex)(&scsi_mpath_lock);
	lu = READ_ONCE(path->lu);
	if (lu && mpath_is_open(lu->head))
		return -EBUSY;
	set_bit(PATH_RELEASED, &path->flags);
	set_bit(PATH_RETIRING, &path->flags);
	return 0;
}

/**
 * scsi_mpath_release() - give a disk back, and leave it alone from now on
 * @path: its path, claimed or not
 *
 * Context: process context; sleeps until the path is out of its unit.
 * Return: 0, or -EBUSY while the unit is open.
 */
int scsi_mpath_release(struct scsi_mpath_path *path)
{
	int ret;

	scsi_mpath_settle(path);
	ret = disclaim(path);
	if (!ret)
		scsi_mpath_decide(path);
	return ret;
}

/**
 * scsi_mpath_adopt() - make a disk a path that was released, or left alone
 * @path: its path, claimed or not
 *
 * Context: process context; sleeps as long as the disk takes to answer.
 * Return: 0, or -EBUSY if it has to be left alone; the log says why.
 */
int scsi_mpath_adopt(struct scsi_mpath_path *path)
{
	clear_bit(PATH_RELEASED, &path->flags);
	scsi_mpath_settle(path);
	if (!READ_ONCE(path->lu)) {
		/* Whatever the reason is, it is told anew. */
		WRITE_ONCE(path->left_alone, NULL);
		set_bit(PATH_RESCAN, &path->flags);
		scsi_mpath_decide(path);
	}
	return READ_ONCE(path->lu) ? 0 : -EBUSY;
}
