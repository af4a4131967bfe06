// SPDX-License-Identifier: GPL-2.0
/*
 * From a SCSI disk to a path of a unit, and back.
 *
 * Both run in the path's work, so never at once. A disk that is in use is left
 * alone: whoever opened it exclusively, a mount, dm or md, keeps it as long as he
 * likes (left_alone.c).
 */
#include <linux/blkdev.h>

#include "scsi_mpath.h"

/* How often, and for how long, a disk's partitions may be found open. */
#define HIDE_TRIES	40
#define HIDE_INTERVAL	(HZ / 4)

/*
 * The disk is dying. bd_holder_lock is held and ours to release; what there is
 * to do, the bus event has queued or will.
 */
static void scsi_mpath_mark_dead(struct block_device *bdev, bool surprise)
{
	struct scsi_mpath_path *path = bdev->bd_holder;

	set_bit(PATH_RETIRING, &path->flags);
	mutex_unlock(&bdev->bd_holder_lock);
}

const struct blk_holder_ops scsi_mpath_holder_ops = {
	.mark_dead = scsi_mpath_mark_dead,
};

/*
 * The disk that sd has made, or NULL. The device lock keeps it where it is, and
 * made us wait for a probe that was under way.
 */
static struct gendisk *sd_disk(struct scsi_mpath_path *path)
{
	struct device *dev = &path->sdev->sdev_gendev;

	device_lock_assert(dev);
	return dev->driver ? READ_ONCE(path->sdev->request_queue->disk) : NULL;
}

/* Returns NULL if there is no disk. */
static struct file *open_disk(struct scsi_mpath_path *path)
{
	struct device *dev = &path->sdev->sdev_gendev;
	blk_mode_t mode = BLK_OPEN_READ;
	struct file *file = NULL;
	struct gendisk *disk;

	device_lock(dev);
	disk = sd_disk(path);
	if (disk) {
		if (!get_disk_ro(disk))
			mode |= BLK_OPEN_WRITE;
		file = bdev_file_open_by_dev(disk_devt(disk), mode, path,
					     &scsi_mpath_holder_ops);
	}
	device_unlock(dev);
	return file;
}

/**
 * scsi_mpath_disk_name() - what the log calls a disk that is no path
 * @path: its path
 * @name: where that goes, %DISK_NAME_LEN bytes
 *
 * Context: process context; waits for a probe of sd's that is under way.
 * Return: @name.
 */
const char *scsi_mpath_disk_name(struct scsi_mpath_path *path, char *name)
{
	struct device *dev = &path->sdev->sdev_gendev;
	struct gendisk *disk;

	device_lock(dev);
	disk = sd_disk(path);
	strscpy(name, disk ? disk->disk_name : dev_name(dev), DISK_NAME_LEN);
	device_unlock(dev);
	return name;
}

static void leave_alone(struct scsi_mpath_path *path, const char *why,
			bool for_now)
{
	char name[DISK_NAME_LEN];

	if (scsi_mpath_leave_alone(path, why, for_now))
		pr_info("scsi_mpath: %s: %s, left alone%s\n",
			scsi_mpath_disk_name(path, name), why,
			for_now ? " for now" : "");
}

static const char in_use[] = "in use";

static void leave_in_use(struct scsi_mpath_path *path)
{
	char name[DISK_NAME_LEN], unit[DISK_NAME_LEN];

	if (!scsi_mpath_find_unit(path->sdev, unit)) {
		leave_alone(path, in_use, true);
		return;
	}
	scsi_mpath_disk_name(path, name);
	if (scsi_mpath_leave_alone(path, in_use, true))
		pr_err("scsi_mpath: %s: in use, and a way to %s as well, left alone for now: what writes to both destroys data; use %s only\n",
		       name, unit, unit);
	/* Who had it open for a moment only is gone at the second look. */
	if (path->look_secs)
		scsi_mpath_give_way(path->sdev, name);
}

/* A disk that dies is of no interest, one that is offline may come back. */
static void leave_unopened(struct scsi_mpath_path *path)
{
	if (!path_is_going(path))
		leave_alone(path, "cannot be opened", true);
}

/* Returns true if the disk is claimed. */
static bool claim_disk(struct scsi_mpath_path *path)
{
	struct file *file = open_disk(path);

	if (IS_ERR_OR_NULL(file)) {
		if (PTR_ERR(file) == -EBUSY)
			leave_in_use(path);
		else if (file)
			leave_unopened(path);
		return false;
	}
	path->bdev_file = file;
	path->mdev.disk = file_bdev(file)->bd_disk;
	return true;
}

/*
 * Partitions belong to the unit's disk. Those of the path would give the same
 * UUIDs and labels to whoever looks first.
 */
static int rescan_partitions(struct gendisk *disk, bool hide)
{
	int ret;

	if (hide)
		set_bit(GD_SUPPRESS_PART_SCAN, &disk->state);
	else
		clear_bit(GD_SUPPRESS_PART_SCAN, &disk->state);
	mutex_lock(&disk->open_mutex);
	ret = bdev_disk_changed(disk, false);
	mutex_unlock(&disk->open_mutex);
	return ret;
}

/* What reads a new disk's partitions, udev for one, has them open a moment. */
void scsi_mpath_hide_work(struct work_struct *work)
{
	struct scsi_mpath_path *path =
		container_of(work, struct scsi_mpath_path, hide_work.work);

	if (rescan_partitions(path->mdev.disk, true) != -EBUSY ||
	    test_bit(PATH_RETIRING, &path->flags))
		return;
	if (++path->hide_tries < HIDE_TRIES)
		queue_delayed_work(scsi_mpath_wq, &path->hide_work,
				   HIDE_INTERVAL);
	else
		pr_warn("%s: a partition is kept open, it stays visible beside those of %s\n",
			path_name(path), path->lu->head->disk->disk_name);
}

/*
 * Without the target port group nothing is known of ALUA, and the path counts
 * as optimized; so it does until the first report has been read.
 */
static void init_path_state(struct scsi_mpath_path *path)
{
	scsi_mpath_read_port(path);
	/* Rounds of the unit that it may have been in before. */
	path->asked = 0;
	path->told = 0;
	path->mute = false;
	path->heard_round = 0;
	path->hearsay = false;
	path->contradicted = 0;
	ratelimit_state_init(&path->state_log, 60 * HZ, 10);
	path->alua_state = ALUA_OPTIMIZED;
	path->pref = false;
	path->transition_end = 0;
	path->barred_until = 0;
	path->mdev.access_state = MPATH_STATE_OPTIMIZED;
	/* What it was in another unit is not to keep its I/O away. */
	if (path->watched)
		WRITE_ONCE(path->sdev->access_state, ALUA_OPTIMIZED);
	path->was_running = path_is_running(path);
	path->seen_access_state = path->sdev->access_state;
	path->hide_tries = 0;
	path->proven = jiffies;
	path->session_age = scsi_mpath_session_age(path->sdev);
	path->known = jiffies;
	scsi_mpath_init_health(path);
	scsi_mpath_forget_rescan(path);
	scsi_mpath_note_disk(path);
	clear_bit(PATH_DUE, &path->flags);
	clear_bit(PATH_STRAY, &path->flags);
	clear_bit(PATH_ABSENT, &path->flags);
	clear_bit(PATH_REREAD, &path->flags);
	clear_bit(PATH_ACCUSED, &path->flags);
	clear_bit(PATH_NAMELESS, &path->flags);
	set_bit(PATH_UNSURE, &path->flags);
}

static int join(struct scsi_mpath_path *path, const char *id, bool fresh)
{
	struct scsi_mpath_lu *lu;
	int ret = -ENOMEM;

	mutex_lock(&scsi_mpath_lock);
	path->nexus = scsi_mpath_get_nexus(path->sdev);
	if (!path->nexus)
		goto out;
	set_bit(PATH_JOINING, &path->flags);
	lu = scsi_mpath_join_lu(path, id, fresh);
	ret = PTR_ERR_OR_ZERO(lu);
	if (ret)
		scsi_mpath_put_nexus(path->nexus);
out:
	mutex_unlock(&scsi_mpath_lock);
	return ret;
}

static const char is_twin[] = "has the id of another LUN behind the same port";
static const char other_size[] = "has the id of another unit but not its size";
static const char may_be_twin[] = "another LUN behind the same port is asked for its id";

static void leave_not_joined(struct scsi_mpath_path *path, const char *id,
			     int error)
{
	const char *why = "cannot be made a path";

	if (error == -EAGAIN) {
		leave_alone(path, may_be_twin, true);
		return;
	}
	if (error == -EINVAL)
		why = other_size;
	else if (error == -EEXIST)
		why = is_twin;
	if (!scsi_mpath_leave_alone(path, why, true))
		return;
	if (error == -EINVAL)
		pr_warn("scsi_mpath: %s: has the id %s of another unit but not its size, left alone for now\n",
			path_name(path), id);
	else if (error == -EEXIST)
		pr_err("scsi_mpath: %s: has the id %s of another LUN behind the same port, left alone for now\n",
		       path_name(path), id);
	else
		pr_warn("scsi_mpath: %s: cannot be made a path (error %d), left alone for now\n",
			path_name(path), error);
}

/*
 * What udev made of the disk is not so any more. One whose device is about to go
 * is never shown as anything but a path.
 */
static void announce(struct scsi_mpath_path *path)
{
	if (!path_is_going(path))
		kobject_uevent(&disk_to_dev(path->mdev.disk)->kobj,
			       KOBJ_CHANGE);
}

/* The path is in its unit; from now on it may be seen and used. */
static void show_path(struct scsi_mpath_path *path)
{
	struct mpath_head *head = path->lu->head;
	int ret;

	/* Without it changes are seen by polling, and through failing I/O. */
	path->watched = !scsi_dh_mpath_watch(path->sdev, &path->watcher);
	if (path_is_running(path))
		scsi_mpath_leads_to_unit(path);
	scsi_mpath_alua_ask(path);
	clear_bit(PATH_JOINING, &path->flags);
	scsi_mpath_probe_now(path);

	ret = mpath_device_set_live(&path->mdev);
	if (ret) {
		leave_not_joined(path, path->lu->id, ret);
		scsi_mpath_retire(path);
		return;
	}
	if (!bd_link_disk_holder(file_bdev(path->bdev_file), head->disk))
		set_bit(PATH_LINKED, &path->flags);
	scsi_mpath_add_group(path);
	announce(path);
	pr_info("%s: path %s added (%s, %s)\n", head->disk->disk_name,
		path_name(path), path->lu->id,
		scsi_mpath_alua_names[path->alua_state] ?: "unknown state");
	queue_delayed_work(scsi_mpath_wq, &path->hide_work, 0);
	scsi_mpath_alua_request(path->lu);
}

static const char no_size[] = "of no size";

/*
 * What it is stays so, unless it was a unit's disk before, or could have been, and may
 * be again.
 */
static bool may_pass(const struct scsi_mpath_path *path)
{
	return path->moved || path->left_for_now;
}

/* Returns true if the disk is none for us, or not yet. */
static bool is_left_alone(struct scsi_mpath_path *path)
{
	struct gendisk *disk = path->mdev.disk;

	if (!get_capacity(disk))
		leave_alone(path, no_size, true);
	else if (blk_queue_is_zoned(disk->queue))
		leave_alone(path, "zoned", may_pass(path));
	else
		return false;
	return true;
}

/*
 * sd and the SCSI core read what a disk is when they find it, and when they are told
 * to. Nobody tells when the target has been corrected, or has given a LUN back.
 */
static bool is_outdated(struct scsi_mpath_path *path)
{
	const char *why = path->left_alone;

	if (test_and_clear_bit(PATH_RESCAN, &path->flags))
		return true;
	/* Whoever uses it as it is has not asked for news. */
	if (!path->left_for_now || why == in_use || !path_is_running(path))
		return false;
	if (why == no_size)
		return scsi_mpath_says_size(path);
	return why == is_twin || why == may_be_twin || why == other_size ||
	       scsi_mpath_page_is_old(path->sdev);
}

/*
 * Returns true if no unit shall have it, by what it is; else @id is its unit's. That
 * may also pass if its page was not to be had.
 */
static bool is_refused(struct scsi_mpath_path *path, char *id, size_t size)
{
	const char *refusal = scsi_mpath_refusal(path->sdev, id, size);

	if (refusal)
		leave_alone(path, refusal[0] ? refusal : NULL,
			    may_pass(path) ||
			    (refusal[0] && scsi_mpath_lacks_names(path->sdev)));
	return refusal;
}

/* Where there is a unit, what is in use beside it came later. */
static bool is_second_door(struct scsi_mpath_path *path)
{
	return !scsi_mpath_find_unit(path->sdev, NULL) &&
	       scsi_mpath_twin_in_use(path);
}

/**
 * scsi_mpath_claim() - make a SCSI disk a path, if it shall be one
 * @path: the path, not claimed
 *
 * Context: process context; only from the path's work.
 * Return: true if it is one now.
 */
bool scsi_mpath_claim(struct scsi_mpath_path *path)
{
	char id[SCSI_MPATH_ID_LEN];
	bool fresh;
	int ret;

	clear_bit(PATH_RETIRING, &path->flags);
	fresh = is_outdated(path) && !scsi_rescan_device(path->sdev);
	if (is_refused(path, id, sizeof(id)) || is_second_door(path) ||
	    !claim_disk(path))
		return false;
	if (is_left_alone(path))
		goto err_close;

	init_path_state(path);
	ret = join(path, id, fresh);
	if (ret) {
		leave_not_joined(path, id, ret);
		goto err_close;
	}
	scsi_mpath_taken(path);
	show_path(path);
	return path->lu;

err_close:
	bdev_fput(path->bdev_file);
	path->bdev_file = NULL;
	return false;
}

/**
 * scsi_mpath_retire() - take a path out of its unit and release its disk
 * @path: a claimed path
 *
 * Context: process context; only from the path's work. Sleeps until the
 * path's I/O has completed.
 */
void scsi_mpath_retire(struct scsi_mpath_path *path)
{
	struct gendisk *head_disk = path->lu->head->disk;
	struct gendisk *disk = path->mdev.disk;

	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_remove_group(path);
	cancel_delayed_work_sync(&path->hide_work);

	if (test_and_clear_bit(PATH_LINKED, &path->flags))
		bd_unlink_disk_holder(file_bdev(path->bdev_file), head_disk);
	pr_info("%s: path %s removed\n", head_disk->disk_name, path_name(path));
	scsi_mpath_leave_lu(path);

	mutex_lock(&scsi_mpath_lock);
	scsi_mpath_put_nexus(path->nexus);
	path->nexus = NULL;
	mutex_unlock(&scsi_mpath_lock);

	/* Reads from the disk: not from one that could keep us waiting. */
	if (path_is_running(path))
		rescan_partitions(disk, false);
	announce(path);
	bdev_fput(path->bdev_file);
	path->bdev_file = NULL;
}
