// SPDX-License-Identifier: GPL-2.0
/*
 * Heads: their life, their disk, and the module.
 *
 * The driver holds a head from mpath_alloc_head() to mpath_put_head(); the
 * disk holds it until the disk's own last reference goes, which may be long
 * after, with the last user who has it open. Nobody waits for that user: the
 * disk is dead, its I/O fails, and only memory is left.
 */
#include <linux/export.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>

#include "internal.h"

/* Runs what a dying path needs, so it must not wait for memory. */
struct workqueue_struct *mpath_wq;

/* Partition scans wait for I/O that is held: works of mpath_wq send it on. */
struct workqueue_struct *mpath_scan_wq;

/* Its works sleep where a path's queue is full, each with one bio. */
struct workqueue_struct *mpath_send_wq;

/* Its works wait for what a path answers, and for users who do so. */
struct workqueue_struct *mpath_pr_wq;

/* A removal waits for work of the former: it must not take a rescuer's place. */
struct workqueue_struct *mpath_remove_wq;

static int mpath_bdev_open(struct gendisk *disk, blk_mode_t mode)
{
	struct mpath_head *head = mpath_gendisk_to_head(disk);

	if (!try_module_get(head->drv_module))
		return -ENXIO;
	atomic_inc(&head->users);
	return 0;
}

static void mpath_bdev_release(struct gendisk *disk)
{
	struct mpath_head *head = mpath_gendisk_to_head(disk);

	mpath_disk_closed(head);
	module_put(head->drv_module);
}

static void mpath_bdev_free_disk(struct gendisk *disk)
{
	mpath_put_head(mpath_gendisk_to_head(disk));
}

MPATH_COMPAT_DEFINE_GETGEO(mpath_bdev_getgeo)
MPATH_COMPAT_DEFINE_REPORT_ZONES(mpath_bdev_report_zones)

const struct block_device_operations mpath_ops = {
	.owner		= THIS_MODULE,
	.submit_bio	= mpath_bdev_submit_bio,
	.open		= mpath_bdev_open,
	.release	= mpath_bdev_release,
	.free_disk	= mpath_bdev_free_disk,
	.ioctl		= mpath_bdev_ioctl,
	.compat_ioctl	= mpath_bdev_compat_ioctl,
	.getgeo		= MPATH_COMPAT_GETGEO(mpath_bdev_getgeo),
	.get_unique_id	= mpath_bdev_get_unique_id,
	.report_zones	= MPATH_COMPAT_REPORT_ZONES(mpath_bdev_report_zones),
	.pr_ops		= &mpath_pr_ops,
};
EXPORT_SYMBOL_GPL(mpath_ops);

/* Have the partitions been read meanwhile, by a user? Those in use are there. */
static bool mpath_has_partitions(struct gendisk *disk)
{
	unsigned long idx = 1;

	return xa_find(&disk->part_tbl, &idx, ULONG_MAX, XA_PRESENT);
}

/* Returns false if the partition table could not be read. */
static bool mpath_scan_partitions(struct gendisk *disk)
{
	int ret = 0;

	mutex_lock(&disk->open_mutex);
	clear_bit(GD_SUPPRESS_PART_SCAN, &disk->state);
	if (!mpath_has_partitions(disk))
		ret = bdev_disk_changed(disk, false);
	mutex_unlock(&disk->open_mutex);
	return !ret;
}

/*
 * The scan reads from the disk, so it may have to wait for a path. It must not
 * do so in the context that adds paths: that would wait for itself. Nor is it
 * begun without a path: who opens the disk would have to wait for it. What is
 * due is done when the head is usable, by the state work:
 *
 *	scan				a path becomes usable
 *	finds no path
 *					state work: no scan is due
 *	sets SCAN_DUE
 *	schedules the state work
 *					state work: a scan is due, queues it
 */
static void mpath_partition_scan_work(struct work_struct *work)
{
	struct mpath_head *head =
		container_of(work, struct mpath_head, partition_scan_work);

	if (!mpath_head_is_usable(head)) {
		set_bit(MPATH_HEAD_SCAN_DUE, &head->flags);
		mpath_path_changed(head);
		return;
	}
	/* After an error it is the next change of a path that may help. */
	if (!mpath_scan_partitions(head->disk))
		set_bit(MPATH_HEAD_SCAN_DUE, &head->flags);
}

/**
 * mpath_alloc_head() - make a head without paths and without a disk
 *
 * Context: process context; sleeps.
 * Return: the head, to be dropped by mpath_put_head(), or ERR_PTR(-ENOMEM).
 */
struct mpath_head *mpath_alloc_head(void)
{
	struct mpath_head *head;

	head = kzalloc_flex(*head, current_path, nr_node_ids);
	if (!head)
		return ERR_PTR(-ENOMEM);
	head->rr_cursor = alloc_percpu(struct mpath_rr_cursor);
	if (!head->rr_cursor)
		goto err_head;
	if (init_srcu_struct(&head->srcu))
		goto err_cursor;

	kref_init(&head->ref);
	mutex_init(&head->disk_lock);
	mutex_init(&head->lock);
	mutex_init(&head->pr_lock);
	INIT_LIST_HEAD(&head->dev_list);
	spin_lock_init(&head->requeue_lock);
	bio_list_init(&head->requeue_list);
	init_waitqueue_head(&head->path_wait);
	INIT_WORK(&head->requeue_work, mpath_requeue_work);
	INIT_DELAYED_WORK(&head->retry_work, mpath_retry_work);
	INIT_WORK(&head->state_work, mpath_state_work);
	INIT_DELAYED_WORK(&head->no_path_work, mpath_no_path_work);
	INIT_WORK(&head->partition_scan_work, mpath_partition_scan_work);
	INIT_DELAYED_WORK(&head->remove_work, mpath_remove_work);
	INIT_DELAYED_WORK(&head->pr_work, mpath_pr_work);
	return head;

err_cursor:
	free_percpu(head->rr_cursor);
err_head:
	kfree(head);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL_GPL(mpath_alloc_head);

static void mpath_free_head(struct kref *ref)
{
	struct mpath_head *head = container_of(ref, struct mpath_head, ref);

	bioset_exit(&head->flushes);
	cleanup_srcu_struct(&head->srcu);
	free_percpu(head->rr_cursor);
	kfree(head);
}

/**
 * mpath_get_head() - take a reference on a head
 * @head: the head; the caller knows that its memory is still there
 *
 * Context: any.
 * Return: 0, or -ENXIO if the last reference is gone.
 */
int mpath_get_head(struct mpath_head *head)
{
	return kref_get_unless_zero(&head->ref) ? 0 : -ENXIO;
}
EXPORT_SYMBOL_GPL(mpath_get_head);

/**
 * mpath_put_head() - drop a reference on a head
 * @head: the head; without paths by the time the driver drops its own
 *
 * Context: process context; may sleep. Waits for no user.
 */
void mpath_put_head(struct mpath_head *head)
{
	kref_put(&head->ref, mpath_free_head);
}
EXPORT_SYMBOL_GPL(mpath_put_head);

/* What a driver has to give, and what it may give only as a whole. */
static bool mpath_head_is_complete(const struct mpath_head *head)
{
	const struct mpath_head_template *mpdt = head->mpdt;

	return mpdt && mpdt->is_disabled && mpdt->is_optimized &&
	       mpdt->available_path && head->iopolicy && head->disk_groups &&
	       !mpdt->add_cdev == !mpdt->del_cdev &&
	       !mpdt->add_cdev == !mpdt->cdev_ioctl &&
	       !mpdt->ioctl_begin == !mpdt->ioctl_finish &&
	       (mpdt->add_cdev || !mpdt->chr_uring_cmd) &&
	       (mpdt->chr_uring_cmd || !mpdt->chr_uring_cmd_iopoll);
}

/**
 * mpath_alloc_head_disk() - make the disk of a head
 * @head: the head; the driver has set mpdt, iopolicy, disk_groups and
 *	drv_module, and parent if it has one
 * @lim: the limits of the disk, stacked over the paths
 * @numa_node: where the disk's memory lies, or NUMA_NO_NODE
 *
 * The driver then sets disk_name and the capacity. The disk becomes visible
 * with the first mpath_device_set_live().
 *
 * Context: process context; sleeps.
 * Return: 0, -EINVAL if a callback or field is missing or only half of a pair
 * is there, -ENOMEM, or what the block layer says of @lim. After an error
 * head->disk is NULL.
 */
int mpath_alloc_head_disk(struct mpath_head *head, struct queue_limits *lim,
			  int numa_node)
{
	struct gendisk *disk;
	int ret;

	if (!mpath_head_is_complete(head))
		return -EINVAL;

	ret = mpath_init_flushes(head);
	if (ret)
		return ret;
	disk = blk_alloc_disk(lim, numa_node);
	if (IS_ERR(disk)) {
		/* The driver may try again. */
		bioset_exit(&head->flushes);
		return PTR_ERR(disk);
	}

	disk->fops = &mpath_ops;
	disk->private_data = head;
	set_bit(GD_SUPPRESS_PART_SCAN, &disk->state);
	head->disk = disk;
	head->stacked = *lim;
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_alloc_head_disk);

static void mpath_add_cdev(struct mpath_head *head)
{
	int ret;

	if (!head->mpdt->add_cdev)
		return;
	ret = head->mpdt->add_cdev(head);
	if (ret)
		pr_warn("%s: no char device (error %d)\n",
			head->disk->disk_name, ret);
	else
		set_bit(MPATH_HEAD_CDEV_ADDED, &head->flags);
}

static int mpath_add_disk(struct mpath_head *head)
{
	int ret;

	lockdep_assert_held(&head->disk_lock);
	if (test_bit(MPATH_HEAD_DISK_REMOVED, &head->flags))
		return -ENODEV;
	if (test_bit(MPATH_HEAD_DISK_LIVE, &head->flags))
		return 0;

	/* What opens the disk from its uevent shall find it working. */
	set_bit(MPATH_HEAD_DISK_LIVE, &head->flags);
	/* Dropped by free_disk, which a disk that was never added does not call. */
	kref_get(&head->ref);
	ret = device_add_disk(head->parent, head->disk, head->disk_groups);
	if (ret) {
		mpath_put_head(head);
		clear_bit(MPATH_HEAD_DISK_LIVE, &head->flags);
		/* The block layer does not take the same disk again. */
		set_bit(MPATH_HEAD_DISK_REMOVED, &head->flags);
		return ret;
	}
	mpath_add_cdev(head);
	queue_work(mpath_scan_wq, &head->partition_scan_work);
	return 0;
}

/**
 * mpath_device_set_live() - a path has been added and shall be seen
 * @mdev: a path of a head that has a disk
 *
 * The first path makes the disk visible; its partitions are read by a work
 * item, as soon as a path is usable, and again when a path changes until they
 * could be read once. Every path gets its link in the disk's "multipath"
 * group, and every node chooses anew, as this path may be better.
 *
 * Context: process context; sleeps. May run against itself and against
 * mpath_remove_disk() of the same head: one of them comes first.
 * Return: 0, or the error of device_add_disk(); then the head never gets its
 * disk, as after its removal, and this returns -ENODEV from then on.
 */
int mpath_device_set_live(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;
	int ret;

	mutex_lock(&head->disk_lock);
	ret = mpath_add_disk(head);
	if (!ret)
		mpath_add_sysfs_link(head);
	mutex_unlock(&head->disk_lock);
	if (ret)
		return ret;

	mpath_clear_paths(head);
	mpath_path_changed(head);
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_device_set_live);

static int __init mpath_init(void)
{
	int ret = -ENOMEM;

	mpath_wq = alloc_workqueue("mpath-wq",
				   WQ_UNBOUND | WQ_MEM_RECLAIM | WQ_SYSFS, 0);
	if (!mpath_wq)
		return ret;
	mpath_scan_wq = alloc_workqueue("mpath-scan-wq", WQ_UNBOUND, 0);
	if (!mpath_scan_wq)
		goto err_wq;
	mpath_send_wq = alloc_workqueue("mpath-send-wq",
					WQ_UNBOUND | WQ_MEM_RECLAIM,
					WQ_MAX_ACTIVE);
	if (!mpath_send_wq)
		goto err_scan_wq;
	mpath_pr_wq = alloc_workqueue("mpath-pr-wq", WQ_UNBOUND | WQ_MEM_RECLAIM,
				      WQ_MAX_ACTIVE);
	if (!mpath_pr_wq)
		goto err_send_wq;
	mpath_remove_wq = alloc_workqueue("mpath-remove-wq", WQ_UNBOUND, 0);
	if (!mpath_remove_wq)
		goto err_pr_wq;
	ret = mpath_cdev_init();
	if (ret)
		goto err_remove_wq;
	return 0;

err_remove_wq:
	destroy_workqueue(mpath_remove_wq);
err_pr_wq:
	destroy_workqueue(mpath_pr_wq);
err_send_wq:
	destroy_workqueue(mpath_send_wq);
err_scan_wq:
	destroy_workqueue(mpath_scan_wq);
err_wq:
	destroy_workqueue(mpath_wq);
	return ret;
}

static void __exit mpath_exit(void)
{
	mpath_cdev_exit();
	destroy_workqueue(mpath_remove_wq);
	destroy_workqueue(mpath_pr_wq);
	destroy_workqueue(mpath_send_wq);
	destroy_workqueue(mpath_scan_wq);
	destroy_workqueue(mpath_wq);
}

module_init(mpath_init);
module_exit(mpath_exit);

MODULE_DESCRIPTION("Generic multipath library for block drivers");
MODULE_LICENSE("GPL");
