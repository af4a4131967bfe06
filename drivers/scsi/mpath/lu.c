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
 * A unit on the list has a path, or its removal is delayed, as it is in use or an
 * admin wants it so, and a path may come back. Off the list it never gets one
 * again, and the one who took it off tears it down at leisure.
 */
#include <linux/idr.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

/*
 * How much longer than a poll a path that is out of reach may have said nothing, and
 * still stand for the number of its LUN
 */
#define LATELY	(60 * HZ)

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

/* Of all names of a unit, any will do: see designator_sets_agree(). */
static struct scsi_mpath_lu *find_lu(const struct designator_set *names)
{
	struct scsi_mpath_lu *lu;

	lockdep_assert_held(&scsi_mpath_lock);
	list_for_each_entry(lu, &scsi_mpath_lus, entry)
		if (designator_sets_agree(&lu->names, names))
			return lu;
	return NULL;
}

/**
 * scsi_mpath_give_way() - let go of a unit that nobody has open
 * @sdev: a disk that leads there
 * @user: the disk of it that somebody uses as it is
 *
 * Its paths are claimed anew at once, and left alone then. Who opens the unit from
 * here on finds none, as if their devices had gone.
 *
 * Context: process context; takes scsi_mpath_lock.
 */
void scsi_mpath_give_way(struct scsi_device *sdev, const char *user)
{
	struct scsi_mpath_path *path;
	struct designator_set names;
	struct scsi_mpath_lu *lu;

	scsi_mpath_read_names(sdev, &names);
	guard(mutex)(&scsi_mpath_lock);
	lu = find_lu(&names);
	if (!lu || lu->gives_way || mpath_is_open(lu->head))
		return;
	pr_warn("%s: nobody has it open, and %s leads there and is in use: its paths are given back\n",
		lu->head->disk->disk_name, user);
	lu->gives_way = true;
	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		scsi_mpath_send_off(path);
}

/* It has said so itself: LUNs are given other numbers. */
static bool leads_elsewhere(const struct scsi_mpath_path *path)
{
	return READ_ONCE(path->flags) & (BIT(PATH_STRAY) | BIT(PATH_ABSENT));
}

/*
 * Another LUN of the same target that is a path of the unit, or NULL. One that
 * leads elsewhere by now, or leaves, is none.
 */
static struct scsi_mpath_path *twin_of(struct scsi_mpath_lu *lu,
				       struct scsi_mpath_path *path)
{
	struct scsi_mpath_path *other;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(other, &lu->paths, lu_entry)
		if (other->nexus == path->nexus &&
		    other->sdev->lun != path->sdev->lun &&
		    !leads_elsewhere(other) &&
		    !test_bit(PATH_RETIRING, &other->flags))
			return other;
	return NULL;
}

/* Has a path of this number said not long ago that it leads to the unit? */
static bool has_lun(struct scsi_mpath_lu *lu, u64 lun)
{
	unsigned long lately = READ_ONCE(scsi_mpath_poll_secs) * HZ + LATELY;
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (path->sdev->lun == lun && !leads_elsewhere(path) &&
		    time_before(jiffies, READ_ONCE(path->proven) + lately))
			return true;
	return false;
}

/* A unit is known by the number of a LUN that leads to it. */
static void follow_lun(struct scsi_mpath_lu *lu, u64 lun)
{
	lockdep_assert_held(&lu->lock);
	if (!has_lun(lu, lu->lun))
		lu->lun = lun;
}

/* Ask those that stay whether they are still the unit's. */
static void retire_other_luns(struct scsi_mpath_lu *lu,
			      const struct scsi_mpath_path *sure)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (path->sdev->lun != lu->lun)
			scsi_mpath_send_off(path);
		else if (path != sure)
			scsi_mpath_doubt(path);
	}
}

/**
 * scsi_mpath_is_sure() - a path has said that it leads to the unit
 * @path: the path, in doubt until now
 *
 * Where another LUN behind its port is a path of the unit meanwhile, which of them
 * is the unit is decided where paths join. Where both are in doubt, the one that has
 * the unit's number stays. If another one wanted to join, and called
 * itself the unit, they are two, and that is so from now on, whatever becomes of this
 * one: who has the unit open must not be shown the other.
 *
 *	LUN 0				LUN 5
 *					wants to join: LUN 0 is accused, and in doubt
 *	says that it is the unit
 *	here: has_twin
 *	is unmapped
 *					looks again: is kept out
 *
 * Context: process context; the caller holds lu->lock, under which the doubt ends.
 * Return: false if the path has to join anew.
 */
bool scsi_mpath_is_sure(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;
	struct scsi_mpath_path *twin = twin_of(lu, path);

	lockdep_assert_held(&lu->lock);
	if (twin && (!test_bit(PATH_UNSURE, &twin->flags) ||
		     twin->sdev->lun == lu->lun))
		return false;
	if (!test_and_clear_bit(PATH_ACCUSED, &path->flags) || lu->has_twin)
		return true;
	pr_err("%s: %s and %s are two LUNs behind one port with one id, which must be corrected at the target: only one of them is used\n",
	       lu->head->disk->disk_name, path_name(path), lu->accuser);
	follow_lun(lu, path->sdev->lun);
	lu->has_twin = true;
	retire_other_luns(lu, path);
	return true;
}

/*
 * A unit has one LUN behind a port. Where two say that they are the unit, their
 * id names neither, and what is written to one must not be read from the other.
 * From then on only the number of the LUN tells them apart, through other ports
 * as well, through which it may be the other one that was found first.
 *
 * The unit may merely have been given another LUN, and the path of the old one not
 * have been asked since. So it is asked first, and the newcomer looked at again.
 * Until then the unit is not gone. Whose own page is old accuses nobody.
 */
static int check_lun(struct scsi_mpath_lu *lu, struct scsi_mpath_path *path,
		     bool fresh)
{
	struct scsi_mpath_path *twin;

	guard(mutex)(&lu->lock);
	if (lu->has_twin)
		return path->sdev->lun == lu->lun ? 0 : -EEXIST;
	twin = twin_of(lu, path);
	if (!twin) {
		follow_lun(lu, path->sdev->lun);
		return 0;
	}
	WRITE_ONCE(lu->lost_path, true);
	if (!fresh)
		return -EAGAIN;
	strscpy(lu->accuser, path_name(path));
	if (!test_and_set_bit(PATH_ACCUSED, &twin->flags))
		scsi_mpath_doubt(twin);
	return -EAGAIN;
}

/**
 * scsi_mpath_find_unit() - is there a unit that a disk leads to, and that stays?
 * @sdev: the disk
 * @name: where the name of the unit's disk goes, %DISK_NAME_LEN bytes; or NULL
 *
 * Context: process context; takes scsi_mpath_lock.
 * Return: true if there is.
 */
bool scsi_mpath_find_unit(struct scsi_device *sdev, char *name)
{
	struct designator_set names;
	struct scsi_mpath_lu *lu;

	scsi_mpath_read_names(sdev, &names);
	guard(mutex)(&scsi_mpath_lock);
	lu = find_lu(&names);
	if (!lu || lu->gives_way)
		return false;
	if (name)
		strscpy(name, lu->head->disk->disk_name, DISK_NAME_LEN);
	return true;
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
	head->delayed_removal_secs = MPATH_REMOVAL_IN_USE;

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

static struct scsi_mpath_lu *alloc_lu(const char *id,
				      const struct designator_set *names,
				      struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu;
	int ret;

	lu = kzalloc_obj(*lu);
	if (!lu)
		return ERR_PTR(-ENOMEM);
	strscpy(lu->id, id);
	lu->names = *names;
	lu->lun = path->sdev->lun;
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
	ret = alloc_head(lu, path->mdev.disk);
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
 * does so is a path. But a bio may just have found none, which queues alua_work,
 * until the disk is dead. The name is free for another unit when the disk is gone;
 * the memory of the head stays as long as somebody has the disk open.
 */
static void free_lu(struct scsi_mpath_lu *lu)
{
	cancel_delayed_work_sync(&lu->watch_work);
	disable_delayed_work_sync(&lu->alua_work);
	mpath_remove_disk(lu->head);
	mpath_put_disk(lu->head);
	mpath_put_head(lu->head);
	ida_free(&scsi_mpath_index, lu->index);
	bioset_exit(&lu->bios);
	kfree(lu);
}

/*
 * Does the path know how large the unit is now? Of one that leads elsewhere, or
 * is away, nobody can tell.
 */
static bool knows_size(struct scsi_mpath_path *path)
{
	unsigned long flags = READ_ONCE(path->flags);

	return !(flags & (BIT(PATH_GONE) | BIT(PATH_RETIRING) |
			  BIT(PATH_STRAY) | BIT(PATH_ABSENT))) &&
	       path_is_running(path) && get_capacity(path->mdev.disk);
}

/*
 * Two units that claim the same id are not one unit: their size tells. It may
 * have changed since the unit's last path was lost.
 */
static bool is_same_unit(struct scsi_mpath_lu *lu,
			 const struct scsi_mpath_path *newcomer)
{
	struct gendisk *path_disk = newcomer->mdev.disk;
	struct gendisk *disk = lu->head->disk;
	sector_t size = get_capacity(path_disk);
	struct scsi_mpath_path *path;
	bool known = false;

	if (queue_logical_block_size(disk->queue) !=
	    queue_logical_block_size(path_disk->queue))
		return false;
	if (get_capacity(disk) == size)
		return true;
	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!knows_size(path))
			continue;
		if (get_capacity(path->mdev.disk) == size)
			return true;
		known = true;
	}
	/* Not with each look: it may be another unit for good. */
	if (newcomer->look_secs < READ_ONCE(scsi_mpath_poll_secs))
		scsi_mpath_rescan_smaller(lu, size);
	return !known;
}

/**
 * scsi_mpath_revalidate() - follow what the paths have become
 * @lu: the unit; its disk exists
 *
 * A path that may be telling of another unit is disabled, and has no vote.
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
	scsi_mpath_weigh_answers(lu);
	noio = memalloc_noio_save();
	ret = mpath_revalidate_head(lu->head);
	memalloc_noio_restore(noio);
	if (ret && !lu->limits_refused)
		pr_warn("%s: the limits of the paths do not fit together, they stay as they were\n",
			lu->head->disk->disk_name);
	lu->limits_refused = ret;
	scsi_mpath_rescan_unlike(lu);
}

static int add_path(struct scsi_mpath_lu *lu, struct scsi_mpath_path *path)
{
	struct gendisk *disk = path->mdev.disk;
	int ret;

	ret = mpath_add_device(lu->head, &path->mdev, disk, disk->node_id,
			       &path->nexus->nr_active);
	if (ret)
		return ret;
	/* Whoever finds it may use the unit: see scsi_mpath_rescan_work(). */
	WRITE_ONCE(path->lu, lu);
	mutex_lock(&lu->lock);
	list_add_tail(&path->lu_entry, &lu->paths);
	scsi_mpath_enter_nexus(path);
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
 * @fresh: what is known of the disk was read for this
 *
 * Context: process context; the caller holds scsi_mpath_lock.
 * Return: the unit, which is now path->lu, or ERR_PTR: -EINVAL if there is a
 * unit with this id and another size, -EEXIST if it is another LUN's, -EAGAIN if
 * that has to be found out, -ENOMEM, or what the block layer says.
 */
struct scsi_mpath_lu *scsi_mpath_join_lu(struct scsi_mpath_path *path,
					 const char *id, bool fresh)
{
	struct designator_set names;
	struct scsi_mpath_lu *lu;
	bool is_new;
	int ret;

	scsi_mpath_read_names(path->sdev, &names);
	lu = find_lu(&names);
	is_new = !lu;
	if (lu && !is_same_unit(lu, path))
		return ERR_PTR(-EINVAL);
	ret = lu ? check_lun(lu, path, fresh) : 0;
	if (ret)
		return ERR_PTR(ret);
	if (is_new)
		lu = alloc_lu(id, &names, path);
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
		scsi_mpath_find_left_alone(&names);
	}
	return lu;
}

/*
 * A path that an admin has given back does not come anew by itself. The unit was
 * not in use then: who has opened it since, udev for one, is told at once.
 */
static bool may_go(struct scsi_mpath_lu *lu, const struct scsi_mpath_path *path)
{
	lockdep_assert_held(&scsi_mpath_lock);
	if (test_bit(PATH_RELEASED, &path->flags) &&
	    lu->head->delayed_removal_secs == MPATH_REMOVAL_IN_USE)
		return true;
	return mpath_can_remove_head(lu->head);
}

/**
 * scsi_mpath_leave_lu() - take a path out of its unit
 * @path: the path, with PATH_RETIRING set
 *
 * When this returns no I/O and no work knows the path. The unit goes with its
 * last path, unless it is in use, or an admin has its removal delayed.
 *
 * Context: process context; must not hold scsi_mpath_lock. Sleeps until the
 * path's I/O has completed.
 */
void scsi_mpath_leave_lu(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;
	struct scsi_mpath_path *other;
	bool last;

	if (!leads_elsewhere(path))
		WRITE_ONCE(lu->lost_path, true);
	mutex_lock(&lu->lock);
	scsi_mpath_exit_nexus(path);
	list_del_init(&path->lu_entry);
	scsi_mpath_forget_question(path);
	list_for_each_entry(other, &lu->paths, lu_entry)
		scsi_mpath_forget(other);
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);

	mpath_delete_device(&path->mdev);
	/* What waited for room in the queue was still refused if in doubt. */
	if (path->watched)
		scsi_dh_mpath_unwatch(path->sdev);
	cancel_delayed_work_sync(&path->health.probe_work);
	scsi_mpath_cancel_rescan(path);
	path->lu = NULL;

	mutex_lock(&scsi_mpath_lock);
	WRITE_ONCE(lu->nr_paths, lu->nr_paths - 1);
	last = !lu->nr_paths && may_go(lu, path) && unlist_lu(lu);
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
