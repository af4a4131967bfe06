// SPDX-License-Identifier: GPL-2.0
/*
 * Disks that are left alone: why, and when they are looked at again.
 *
 * What a disk is stays so: without an id, zoned, excluded. Everything else
 * passes, and nobody tells: a file system is unmounted, a target port that
 * refused READ CAPACITY becomes active, another unit with the same id goes. So
 * such a disk is looked at again, after 1, 2, 4 ... poll_secs seconds, for as long
 * as it is left alone; other disks cost nothing.
 *
 * One unit has one door. Who has a disk of it mounted, and does not go through
 * the unit's disk, must not see it written through that one: two caches of the
 * same blocks destroy a file system. So there is no unit while one of its disks
 * is in use as what it is. Who was first keeps it:
 *
 *	first		then
 *	-----		----
 *	sda is mounted	sdb comes: no unit is made of it. Both are taken when sda
 *			is unmounted.
 *	sdb is a path	sda comes and is mounted before it could be taken: the
 *	of mpatha	unit lets go of sdb, unless it is open. Then there are two
 *			doors, and the log and mpathctl doctor say so.
 */
#include <linux/blkdev.h>
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

#define CAPACITY_LEN	32	/* READ CAPACITY(16); that of (10) is shorter */

/**
 * scsi_mpath_leave_alone() - note why a disk is no path
 * @path: the path, not claimed
 * @why: in words that stay, for the log and for sysfs; NULL if there is nothing to
 *	say
 * @for_now: it may pass
 *
 * Context: process context; only from the path's work.
 * Return: true if that is news, and to be logged.
 */
bool scsi_mpath_leave_alone(struct scsi_mpath_path *path, const char *why,
			    bool for_now)
{
	bool is_news = why && path->left_alone != why;

	WRITE_ONCE(path->left_alone, why);
	path->left_for_now = for_now;
	return is_news;
}

/**
 * scsi_mpath_look_again() - have a disk looked at again that was left alone
 * @path: its path; nothing happens if the reason stays
 *
 * Context: process context; only from the path's work, which found that the disk
 * may be a path. What says otherwise queues the work after that, and a work that
 * is queued is not put off.
 */
void scsi_mpath_look_again(struct scsi_mpath_path *path)
{
	if (!path->left_for_now)
		return;
	path->look_secs = clamp(path->look_secs * 2, 1U,
				READ_ONCE(scsi_mpath_poll_secs));
	scsi_mpath_queue_path_later(path, path->look_secs * HZ);
}

/**
 * scsi_mpath_taken() - a disk is left alone no more
 * @path: its path
 *
 * Context: process context; only from the path's work.
 */
void scsi_mpath_taken(struct scsi_mpath_path *path)
{
	scsi_mpath_leave_alone(path, NULL, false);
	path->look_secs = 0;
}

/**
 * struct twin - another disk of a unit that is in use
 * @path: the path that asks
 * @names: of the unit
 * @name: the disk, when found
 */
struct twin {
	struct scsi_mpath_path	*path;
	struct designator_set	names;
	char			name[DISK_NAME_LEN];
};

/*
 * Does somebody else hold the disk, or one of its partitions? While a claim of
 * ours ends it looks so for a moment; to be told who it is, wait in line.
 */
static bool is_held(struct block_device *bdev, struct scsi_mpath_path *asking)
{
	if (!READ_ONCE(bdev->bd_holder) ||
	    READ_ONCE(bdev->bd_holder_ops) == &scsi_mpath_holder_ops)
		return false;
	if (!bd_prepare_to_claim(bdev, asking, &scsi_mpath_holder_ops)) {
		bd_abort_claiming(bdev, asking);
		return false;
	}
	return READ_ONCE(bdev->bd_holder_ops) != &scsi_mpath_holder_ops;
}

/* Of what is below a SCSI device only sd's disk is a block device. */
static int find_held_disk(struct device *dev, void *data)
{
	struct twin *twin = data;
	struct gendisk *disk;

	if (!dev->class || strcmp(dev->class->name, "block"))
		return 0;
	disk = dev_to_disk(dev);
	if (!is_held(disk->part0, twin->path))
		return 0;
	strscpy(twin->name, disk->disk_name);
	return 1;
}

static int find_held_twin(struct device *dev, void *data)
{
	struct twin *twin = data;
	struct designator_set names;

	if (!scsi_is_sdev_device(dev) || dev == &twin->path->sdev->sdev_gendev)
		return 0;
	scsi_mpath_read_names(to_scsi_device(dev), &names);
	if (!designator_sets_agree(&twin->names, &names))
		return 0;
	return device_for_each_child(dev, twin, find_held_disk);
}

/**
 * scsi_mpath_twin_in_use() - is another disk of the same unit in use as it is?
 * @path: the disk that shall not be the second door
 *
 * Our own paths are not in use. If there is one, @path is left alone for now.
 *
 * Context: process context; only from the path's work.
 * Return: true if there is one.
 */
bool scsi_mpath_twin_in_use(struct scsi_mpath_path *path)
{
	static const char why[] = "another disk of its unit is in use";
	struct twin twin = { .path = path };
	char name[DISK_NAME_LEN];

	scsi_mpath_read_names(path->sdev, &twin.names);
	if (!scsi_mpath_walk_bus(find_held_twin, &twin))
		return false;
	if (scsi_mpath_leave_alone(path, why, true))
		pr_warn("scsi_mpath: %s: %s of the same unit is in use, left alone for now: unmount that, or stop what else has it open\n",
			scsi_mpath_disk_name(path, name), twin.name);
	return true;
}

static int read_capacity(struct scsi_device *sdev, void *buf)
{
	static const u8 cdb16[16] = {
		[0] = SERVICE_ACTION_IN_16,
		[1] = SAI_READ_CAPACITY_16,
		[13] = CAPACITY_LEN,
	};
	static const u8 cdb10[10] = { READ_CAPACITY };
	struct scsi_mpath_answer answer;
	int ret;

	ret = scsi_mpath_read(sdev, cdb16, buf, CAPACITY_LEN, &answer);
	if (scsi_mpath_is_refused(ret, &answer))
		ret = scsi_mpath_read(sdev, cdb10, buf, 8, &answer);
	return ret;
}

/**
 * scsi_mpath_says_size() - does a disk tell its size by now?
 * @path: the path of a disk that sd knows no size of
 *
 * Where it does not, to have sd ask would be ten lines in the log each time.
 *
 * Context: process context; sleeps as long as the disk takes to answer.
 * Return: true if sd will learn it from a rescan.
 */
bool scsi_mpath_says_size(struct scsi_mpath_path *path)
{
	void *buf;
	int ret;

	if (!path_is_running(path))
		return false;
	buf = kmalloc(CAPACITY_LEN, GFP_NOIO);
	if (!buf)
		return false;
	ret = read_capacity(path->sdev, buf);
	kfree(buf);
	return !ret;
}
