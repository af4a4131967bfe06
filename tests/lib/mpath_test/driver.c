// SPDX-License-Identifier: GPL-2.0
/*
 * mpath_test: a driver for libmultipath whose paths do as a test tells them.
 * This is the driver; configfs.c is how a test tells them. Nothing here guards
 * the library against a test: two writers are two threads of a driver.
 */
#include <linux/bio.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

#include "mpath_test.h"

/* Of the char device. They return the number of the path they ran on. */
#define MPT_IOC_PATH	_IO('m', 1)	/* nothing else */
#define MPT_IOC_WRITE	_IO('m', 2)	/* only if open for writing */
#define MPT_IOC_DELETE	_IO('m', 3)	/* delete that path */
#define MPT_IOC_REFUSED	_IO('m', 4)	/* ioctl_check says EPERM to it */

/* The disk is made and goes under it, and paths are added under it. */
DEFINE_MUTEX(mpt_lock);
static struct device *mpt_root;
static struct class *mpt_class;
static struct bio_set mpt_bios;
/**
 * struct mpt_io - a bio on its way down a path
 * @path: the path, kept by the library's reference
 * @orig: the bio of the head
 * @timer: of a path with a delay
 * @status: how it ended
 * @active: it was counted in nr_active
 * @clone: what goes down
 */
struct mpt_io {
	struct mpt_path		*path;
	struct bio		*orig;
	struct timer_list	timer;
	blk_status_t		status;
	bool			active;
	struct bio		clone; /* must be last */
};

/* I/O */

static bool mpt_take_failure(struct mpt_path *p)
{
	return atomic_read(&p->fail) < 0 || atomic_dec_if_positive(&p->fail) >= 0;
}

/*
 * Nobody polls a bio of a head, so its cookie is free to count its tries. It
 * starts as BLK_QC_T_NONE, which is -1.
 */
static bool mpt_may_retry(struct mpt_head *h, struct bio *orig, blk_status_t status)
{
	return status && blk_path_error(status) && status != BLK_STS_AGAIN &&
	       ++orig->bi_cookie < READ_ONCE(h->max_tries);
}

static void mpt_complete(struct mpt_io *io)
{
	struct mpt_path *p = io->path;
	struct bio *orig = io->orig;
	blk_status_t status = io->status;

	if (io->active)
		atomic_dec(&p->nr_active);
	io->clone.bi_status = status;
	atomic_long_inc(status ? &p->failed : &p->bios);
	if (!status)
		atomic_long_inc(&p->h->bios);
	if (mpt_may_retry(p->h, orig, status)) {
		WRITE_ONCE(p->usable_once, 0);
		bio_put(&io->clone);
		mpath_requeue_bio(p->h->head, orig);
	} else {
		mpath_copy_result(orig, &io->clone);
		bio_put(&io->clone);
		bio_endio(orig);
	}
	mpath_device_put(&p->mdev);
}

static void mpt_timer(struct timer_list *timer)
{
	mpt_complete(container_of(timer, struct mpt_io, timer));
}

static void mpt_end_io(struct bio *clone)
{
	struct mpt_io *io = container_of(clone, struct mpt_io, clone);
	unsigned int delay = READ_ONCE(io->path->delay_ms);

	io->status = clone->bi_status;
	if (mpt_take_failure(io->path))
		io->status = READ_ONCE(io->path->status);
	if (!delay) {
		mpt_complete(io);
		return;
	}
	timer_setup(&io->timer, mpt_timer, 0);
	mod_timer(&io->timer, jiffies + msecs_to_jiffies(delay));
}

static struct bio *mpt_clone_bio(struct mpath_device *mdev, struct bio *bio)
{
	struct mpt_path *p = mdev_to_path(mdev);
	struct bio *clone;
	struct mpt_io *io;

	if (READ_ONCE(p->refuse_clone))
		return NULL;
	clone = bio_alloc_clone(mdev->disk->part0, bio,
				bio->bi_opf & REQ_NOWAIT ? GFP_NOWAIT : GFP_NOIO,
				&mpt_bios);
	if (!clone)
		return NULL;
	io = container_of(clone, struct mpt_io, clone);
	io->path = p;
	io->orig = bio;
	io->active = mpath_qd_iopolicy(mdev->mpath_head);
	if (io->active)
		atomic_inc(&p->nr_active);
	clone->bi_end_io = mpt_end_io;
	return clone;
}

/* What the library asks */

static bool mpt_is_disabled(struct mpath_device *mdev)
{
	struct mpt_path *p = mdev_to_path(mdev);

	return (READ_ONCE(p->disabled) && !READ_ONCE(p->usable_once)) ||
	       READ_ONCE(p->leaves);
}

static bool mpt_is_optimized(struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) == MPATH_STATE_OPTIMIZED &&
	       !mpt_is_disabled(mdev);
}

static bool mpt_available_path(struct mpath_device *mdev)
{
	struct mpt_path *p = mdev_to_path(mdev);

	if (READ_ONCE(p->leaves))
		return mpath_outlives_paths(mdev->mpath_head);
	return READ_ONCE(p->available);
}

/* The directory, and with it this driver's idea of the head, may have gone. */
static void mpt_remove_head(struct mpath_head *head)
{
	mutex_lock(&mpt_lock);
	if (head->drvdata && mpath_head_devices_empty(head))
		mpath_remove_disk(head);
	mutex_unlock(&mpt_lock);
}

/* Returns -ENOENT if the path has been deleted already. */
int mpt_delete(struct mpt_path *p)
{
	struct mpath_head *head = p->h->head;
	int ret = -ENOENT;
	bool last;

	mutex_lock(&p->lock);
	if (p->added) {
		WRITE_ONCE(p->leaves, true);
		last = mpath_delete_device(&p->mdev);
		/* Without clones only the queue knows what is on its way. */
		if (!head->mpdt->clone_bio)
			mpath_compat_drain_queue(p->mdev.disk->queue);
		p->added = false;
		mutex_lock(&mpt_lock);
		if (last && mpath_can_remove_head(head))
			mpath_remove_disk(head);
		mutex_unlock(&mpt_lock);
		ret = 0;
	}
	mutex_unlock(&p->lock);
	return ret;
}

static int mpt_add_cdev(struct mpath_head *head)
{
	char name[DISK_NAME_LEN + 2];

	snprintf(name, sizeof(name), "%sc", head->disk->disk_name);
	return mpath_cdev_add(head, mpt_class, name);
}

static long mpt_cdev_ioctl(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg, bool open_for_write)
{
	struct mpt_path *p = mdev_to_path(mdev);
	int ret;

	switch (cmd) {
	case MPT_IOC_PATH:
		return p->id;
	case MPT_IOC_WRITE:
		return open_for_write ? p->id : -EBADF;
	case MPT_IOC_DELETE:
		/* It would wait for itself. */
		if (!mdev->mpath_head->mpdt->ioctl_begin)
			return -EBUSY;
		ret = mpt_delete(p);
		return ret ?: p->id;
	}
	return -ENOTTY;
}

static int mpt_chr_uring_cmd(struct mpath_device *mdev, struct io_uring_cmd *ioucmd,
			     unsigned int issue_flags)
{
	return mdev_to_path(mdev)->id;
}

static int mpt_chr_uring_cmd_iopoll(struct io_uring_cmd *ioucmd,
				    struct io_comp_batch *iob,
				   unsigned int poll_flags)
{
	return 0;
}

static int mpt_ioctl_check(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg)
{
	struct mpt_path *p = mdev_to_path(mdev);
	unsigned long begin = jiffies;

	atomic_inc(&p->ioctls);
	/* The test may end it before its time. */
	while (time_before(jiffies, begin + msecs_to_jiffies(READ_ONCE(p->h->ioctl_ms))))
		msleep(20);
	atomic_dec(&p->ioctls);
	/* As if this was what it has found out. */
	if (READ_ONCE(p->disabled))
		return -EPROBE_DEFER;
	return cmd == MPT_IOC_REFUSED ? -EPERM : 0;
}

static void mpt_ioctl_begin(struct mpath_device *mdev, unsigned int cmd,
			    void **data)
{
	struct mpt_path *p = mdev_to_path(mdev);

	if (cmd == MPT_IOC_DELETE || READ_ONCE(p->h->own_ref))
		*data = config_item_get(&p->item);
}

static void mpt_ioctl_finish(void *data)
{
	config_item_put(data);
}

static const struct mpath_head_template mpt_template = {
	.is_disabled		= mpt_is_disabled,
	.is_optimized		= mpt_is_optimized,
	.available_path		= mpt_available_path,
	.clone_bio		= mpt_clone_bio,
	.remove_head		= mpt_remove_head,
	.add_cdev		= mpt_add_cdev,
	.del_cdev		= mpath_cdev_del,
	.cdev_ioctl		= mpt_cdev_ioctl,
	.chr_uring_cmd		= mpt_chr_uring_cmd,
	.chr_uring_cmd_iopoll	= mpt_chr_uring_cmd_iopoll,
	.ioctl_check		= mpt_ioctl_check,
	.ioctl_begin		= mpt_ioctl_begin,
	.ioctl_finish		= mpt_ioctl_finish,
	.hold_ioctls		= true,
};

/* Makes the disk of a head that has none. */
static int mpt_alloc_disk(struct mpt_head *h, struct gendisk *disk)
{
	struct mpath_head *head = h->head;
	struct queue_limits lim;
	int ret;

	lockdep_assert_held(&mpt_lock);
	if (head->disk)
		return 0;
	mpath_stack_limits(&lim, disk, true);
	ret = mpath_alloc_head_disk(head, &lim, NUMA_NO_NODE);
	if (ret)
		return ret;
	strscpy(head->disk->disk_name, config_item_name(&h->group.cg_item),
		DISK_NAME_LEN);
	set_capacity(head->disk, get_capacity(disk));
	return 0;
}

int mpt_add(struct mpt_path *p)
{
	struct mpath_head *head = p->h->head;
	struct gendisk *disk;
	int ret;

	lockdep_assert_held(&p->lock);
	if (!p->file || p->added)
		return -EBUSY;
	disk = file_bdev(p->file)->bd_disk;
	mutex_lock(&mpt_lock);
	ret = mpt_alloc_disk(p->h, disk);
	if (ret)
		goto out;
	WRITE_ONCE(p->leaves, false);
	ret = mpath_add_device(head, &p->mdev, disk, p->numa_node, &p->nr_active);
	if (ret)
		goto out;
	p->added = true;
	mpath_revalidate_head(head);
out:
	mutex_unlock(&mpt_lock);
	return ret;
}

int mpt_alloc_head(struct mpt_head *h)
{
	struct mpath_head *head = mpath_alloc_head();

	if (IS_ERR(head))
		return PTR_ERR(head);
	/* Who has a dead disk open may look at it as long as we are loaded. */
	head->mpdt = devm_kmemdup(mpt_root, &mpt_template, sizeof(mpt_template),
				  GFP_KERNEL);
	if (!head->mpdt) {
		mpath_put_head(head);
		return -ENOMEM;
	}
	head->iopolicy = &h->iopolicy;
	head->disk_groups = mpath_device_groups;
	head->drv_module = THIS_MODULE;
	head->parent = mpt_root;
	head->drvdata = h;
	head->no_path_timeout = -1;
	h->head = head;
	h->max_tries = 10;
	return 0;
}

/* The disk goes at once, and with it this driver's idea of the head. */
void mpt_drop_disk(struct mpt_head *h)
{
	struct mpath_head *head = h->head;

	mutex_lock(&mpt_lock);
	head->drvdata = NULL;
	if (head->disk)
		mpath_remove_disk(head);
	mutex_unlock(&mpt_lock);
	if (head->disk)
		mpath_put_disk(head);
	/* Whoever asks for the policy from now on shall fall over it. */
	h->iopolicy = INT_MAX;
}

static int __init mpt_init(void)
{
	int ret;

	ret = bioset_init(&mpt_bios, BIO_POOL_SIZE, offsetof(struct mpt_io, clone), 0);
	if (ret)
		return ret;
	mpt_root = root_device_register("mpath_test");
	ret = PTR_ERR_OR_ZERO(mpt_root);
	if (ret)
		goto err_bios;
	mpt_class = class_create("mpath_test");
	ret = PTR_ERR_OR_ZERO(mpt_class);
	if (ret)
		goto err_root;
	ret = mpt_configfs_init();
	if (ret)
		goto err_class;
	return 0;

err_class:
	class_destroy(mpt_class);
err_root:
	root_device_unregister(mpt_root);
err_bios:
	bioset_exit(&mpt_bios);
	return ret;
}

/* No directory is left, nor anybody who has a disk open: they pin the module. */
static void __exit mpt_exit(void)
{
	mpt_configfs_exit();
	class_destroy(mpt_class);
	root_device_unregister(mpt_root);
	bioset_exit(&mpt_bios);
}

module_init(mpt_init);
module_exit(mpt_exit);

MODULE_DESCRIPTION("A libmultipath driver for tests");
MODULE_LICENSE("GPL");
