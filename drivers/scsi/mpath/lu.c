// SPDX-License-Identifier: GPL-2.0
/*
 * Logical units: made with their first path, gone with their last.
 *
 * The list of units changes under scsi_mpath_lock, and so does a unit's number
 * of paths. A path counts until its last clone has completed, as that uses the
 * unit: with two paths that leave at once, the one that is drained first must
 * not take the unit from under the other.
 *
 *	path A leaves			path B leaves
 *	off the list of paths		off the list of paths
 *	waits for its clones		has none
 *					one path is left: A
 *	a clone completes, uses the unit
 *	none is left: frees the unit
 *
 * A unit on the list has a path, or its removal is delayed and a path may come
 * back. Off the list it never gets one again, and the one who took it off tears
 * it down at leisure.
 */
#include <linux/idr.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

static LIST_HEAD(scsi_mpath_lus);	/* under scsi_mpath_lock */
static DEFINE_IDA(scsi_mpath_index);

/* mpatha ... mpathz, mpathaa ...: 26 letters without a zero. */
static void set_disk_name(struct gendisk *disk, int index)
{
	char letters[8], *p = letters + sizeof(letters) - 1;

	*p = '\0';
	do {
		*--p = 'a' + index % 26;
		index = index / 26 - 1;
	} while (index >= 0);
	snprintf(disk->disk_name, DISK_NAME_LEN, "mpath%s", p);
}

/*
 * sg3_utils take a disk of the block layer's common major number for NVMe and
 * send it no SCSI command. Units for which there is no room have that number.
 */
static void set_disk_number(struct gendisk *disk, int index)
{
	if (index >= (MINORMASK + 1) / SCSI_MPATH_MINORS)
		return;
	disk->major = scsi_mpath_major;
	disk->first_minor = index * SCSI_MPATH_MINORS;
	disk->minors = SCSI_MPATH_MINORS;
}

static struct scsi_mpath_lu *find_lu(const char *id)
{
	struct scsi_mpath_lu *lu;

	lockdep_assert_held(&scsi_mpath_lock);
	list_for_each_entry(lu, &scsi_mpath_lus, entry)
		if (!strcmp(lu->id, id))
			return lu;
	return NULL;
}

/**
 * scsi_mpath_give_way() - let go of a unit that nobody has open
 * @id: the designator
 * @user: the disk of it that somebody uses as it is
 *
 * Its paths are claimed anew at once, and left alone then. Who opens the unit from
 * here on finds none, as if their devices had gone.
 *
 * Context: process context; takes scsi_mpath_lock.
 */
void scsi_mpath_give_way(const char *id, const char *user)
{
	struct scsi_mpath_path *path;
	struct scsi_mpath_lu *lu;

	guard(mutex)(&scsi_mpath_lock);
	lu = find_lu(id);
	if (!lu || lu->gives_way || disk_openers(lu->head->disk))
		return;
	pr_warn("%s: nobody has it open, and %s leads there and is in use: its paths are given back\n",
		lu->head->disk->disk_name, user);
	lu->gives_way = true;
	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		set_bit(PATH_RETIRING, &path->flags);
		scsi_mpath_queue_path(path);
	}
}

/**
 * scsi_mpath_find_unit() - is there a unit with this id, that stays?
 * @id: the designator
 * @name: where the name of its disk goes, %DISK_NAME_LEN bytes
 *
 * Context: process context; takes scsi_mpath_lock.
 * Return: true if there is.
 */
bool scsi_mpath_find_unit(const char *id, char *name)
{
	struct scsi_mpath_lu *lu;

	mutex_lock(&scsi_mpath_lock);
	lu = find_lu(id);
	if (lu && lu->gives_way)
		lu = NULL;
	if (lu)
		strscpy(name, lu->head->disk->disk_name, DISK_NAME_LEN);
	mutex_unlock(&scsi_mpath_lock);
	return lu;
}

static int alloc_head(struct scsi_mpath_lu *lu, struct gendisk *path_disk)
{
	struct queue_limits lim;
	struct mpath_head *head;
	int ret;

	head = mpath_alloc_head();
	if (IS_ERR(head))
		return PTR_ERR(head);
	head->mpdt = &scsi_mpath_template;
	head->iopolicy = &lu->iopolicy;
	head->disk_groups = scsi_mpath_disk_groups;
	head->drv_module = THIS_MODULE;
	head->drvdata = lu;
	head->no_path_timeout = scsi_mpath_no_path_timeout;

	mpath_stack_limits(&lim, path_disk, true);
	ret = mpath_alloc_head_disk(head, &lim, path_disk->node_id);
	if (ret) {
		mpath_put_head(head);
		return ret;
	}
	set_disk_name(head->disk, lu->index);
	set_disk_number(head->disk, lu->index);
	set_capacity(head->disk, get_capacity(path_disk));
	set_disk_ro(head->disk, get_disk_ro(path_disk));
	lu->head = head;
	return 0;
}

static struct scsi_mpath_lu *alloc_lu(const char *id, struct gendisk *path_disk)
{
	struct scsi_mpath_lu *lu;
	int ret;

	lu = kzalloc_obj(*lu);
	if (!lu)
		return ERR_PTR(-ENOMEM);
	strscpy(lu->id, id);
	lu->iopolicy = scsi_mpath_iopolicy;
	scsi_mpath_init_activation(&lu->activation);
	mutex_init(&lu->lock);
	mutex_init(&lu->rtpg_lock);
	INIT_LIST_HEAD(&lu->paths);
	INIT_DELAYED_WORK(&lu->alua_work, scsi_mpath_alua_work);
	INIT_DELAYED_WORK(&lu->watch_work, scsi_mpath_watch_work);

	ret = scsi_mpath_init_bios(&lu->bios);
	if (ret)
		goto err_lu;
	ret = ida_alloc(&scsi_mpath_index, GFP_KERNEL);
	if (ret < 0)
		goto err_bios;
	lu->index = ret;
	ret = alloc_head(lu, path_disk);
	if (ret)
		goto err_index;
	return lu;

err_index:
	ida_free(&scsi_mpath_index, lu->index);
err_bios:
	bioset_exit(&lu->bios);
err_lu:
	kfree(lu);
	return ERR_PTR(ret);
}

/* Take a unit without a path off the list; the caller frees it then. */
static bool unlist_lu(struct scsi_mpath_lu *lu)
{
	lockdep_assert_held(&scsi_mpath_lock);
	if (lu->nr_paths)
		return false;
	list_del(&lu->entry);
	return true;
}

/*
 * No path is left, so no clone is either, and nothing queues the works: what
 * does so is a path. The name is free for another unit when the disk is gone;
 * the memory of the head stays as long as somebody has the disk open.
 */
static void free_lu(struct scsi_mpath_lu *lu)
{
	cancel_delayed_work_sync(&lu->watch_work);
	cancel_delayed_work_sync(&lu->alua_work);
	mpath_remove_disk(lu->head);
	mpath_put_disk(lu->head);
	mpath_put_head(lu->head);
	ida_free(&scsi_mpath_index, lu->index);
	bioset_exit(&lu->bios);
	kfree(lu);
}

/* Two units that claim the same id are not one unit: their size tells. */
static bool is_same_unit(struct scsi_mpath_lu *lu, struct gendisk *path_disk)
{
	struct gendisk *disk = lu->head->disk;

	return get_capacity(disk) == get_capacity(path_disk) &&
	       queue_logical_block_size(disk->queue) ==
	       queue_logical_block_size(path_disk->queue);
}

/* A path that may be telling of another unit: its size would be that one's. */
static bool has_path_in_doubt(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (test_bit(PATH_STRAY, &path->flags) ||
		    scsi_mpath_is_asked_for_unit(path))
			return true;
	return false;
}

/**
 * scsi_mpath_revalidate() - follow what the paths have become
 * @lu: the unit; its disk exists
 *
 * Failover needs lu->lock, so nobody may wait under it for memory that has to
 * be written to this very unit first.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_revalidate(struct scsi_mpath_lu *lu)
{
	unsigned int noio;
	int ret;

	lockdep_assert_held(&lu->lock);
	if (has_path_in_doubt(lu))
		return;
	noio = memalloc_noio_save();
	ret = mpath_revalidate_head(lu->head);
	memalloc_noio_restore(noio);
	if (ret)
		pr_warn_ratelimited("%s: the limits of the paths do not fit together, they stay as they were\n",
				    lu->head->disk->disk_name);
}

static int add_path(struct scsi_mpath_lu *lu, struct scsi_mpath_path *path)
{
	struct gendisk *disk = path->mdev.disk;
	int ret;

	path->lu = lu;
	ret = mpath_add_device(lu->head, &path->mdev, disk, disk->node_id,
			       &path->nexus->nr_active);
	if (ret) {
		path->lu = NULL;
		return ret;
	}
	mutex_lock(&lu->lock);
	list_add_tail(&path->lu_entry, &lu->paths);
	lu->activation.start = jiffies;
	scsi_mpath_revalidate(lu);
	mutex_unlock(&lu->lock);
	return 0;
}

/**
 * scsi_mpath_join_lu() - make a path one of the unit with this id
 * @path: the path; its disk is claimed, its nexus is known, and it is not
 *	usable yet
 * @id: the designator of the unit
 *
 * Context: process context; the caller holds scsi_mpath_lock.
 * Return: the unit, which is now path->lu, or ERR_PTR: -EINVAL if there is a
 * unit with this id and another size, -ENOMEM, or what the block layer says.
 */
struct scsi_mpath_lu *scsi_mpath_join_lu(struct scsi_mpath_path *path,
					 const char *id)
{
	struct scsi_mpath_lu *lu = find_lu(id);
	bool is_new = !lu;
	int ret;

	if (lu && !is_same_unit(lu, path->mdev.disk))
		return ERR_PTR(-EINVAL);
	if (is_new)
		lu = alloc_lu(id, path->mdev.disk);
	if (IS_ERR(lu))
		return lu;

	ret = add_path(lu, path);
	if (ret) {
		if (is_new)
			free_lu(lu);
		return ERR_PTR(ret);
	}
	lu->gives_way = false;
	WRITE_ONCE(lu->nr_paths, lu->nr_paths + 1);
	if (is_new) {
		list_add_tail(&lu->entry, &scsi_mpath_lus);
		queue_delayed_work(scsi_mpath_wq, &lu->watch_work, HZ);
	}
	return lu;
}

/**
 * scsi_mpath_leave_lu() - take a path out of its unit
 * @path: the path, with PATH_RETIRING set
 *
 * When this returns no I/O and no work knows the path. The unit goes with its
 * last path, unless its removal is delayed.
 *
 * Context: process context; must not hold scsi_mpath_lock. Sleeps until the
 * path's I/O has completed.
 */
void scsi_mpath_leave_lu(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;
	bool last;

	mutex_lock(&lu->lock);
	list_del_init(&path->lu_entry);
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);

	mpath_delete_device(&path->mdev);
	cancel_delayed_work_sync(&path->health.probe_work);
	path->lu = NULL;

	mutex_lock(&scsi_mpath_lock);
	WRITE_ONCE(lu->nr_paths, lu->nr_paths - 1);
	last = !lu->nr_paths && mpath_can_remove_head(lu->head) &&
	       unlist_lu(lu);
	mutex_unlock(&scsi_mpath_lock);
	if (last)
		free_lu(lu);
}

/**
 * scsi_mpath_remove_head() - the time of a delayed removal is over
 * @head: the head of a unit
 *
 * A path may have come back, or have come and gone with the unit, since: what
 * is on the list of units tells.
 *
 * Context: process context; takes scsi_mpath_lock.
 */
void scsi_mpath_remove_head(struct mpath_head *head)
{
	struct scsi_mpath_lu *lu, *found = NULL;

	mutex_lock(&scsi_mpath_lock);
	list_for_each_entry(lu, &scsi_mpath_lus, entry)
		if (lu->head == head)
			found = lu;
	if (found && !unlist_lu(found))
		found = NULL;
	mutex_unlock(&scsi_mpath_lock);
	if (found)
		free_lu(found);
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_lu_kunit.c"
#endif
