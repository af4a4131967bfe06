// SPDX-License-Identifier: GPL-2.0
/*
 * The char device of a head: passthrough for a driver that has one.
 *
 * It is an object of its own, because its life is not the head's: whoever has
 * it open keeps it, long after the unit is gone.
 *
 *	open file --> cdev --> device --> head (memory)
 *		  --> the driver's module
 *
 * The VFS holds the cdev until after the file's release, the cdev holds its
 * parent device, and the device's release drops the head. Nobody waits for a
 * user, and what a user does with the char device of a unit that is gone finds
 * a head without paths.
 */
#include <linux/cdev.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/io_uring/cmd.h>
#include <linux/slab.h>

#include "internal.h"

#define MPATH_MINORS	(MINORMASK + 1)

/**
 * struct mpath_cdev - the char device of a head
 * @dev: its device; the last reference frees all of it
 * @cdev: what the VFS opens; holds @dev
 * @head: a reference is held as long as @dev lives
 */
struct mpath_cdev {
	struct device		dev;
	struct cdev		cdev;
	struct mpath_head	*head;
};

static dev_t mpath_chr_devt;
static DEFINE_IDA(mpath_chr_minors);

static int mpath_chr_open(struct inode *inode, struct file *file)
{
	struct mpath_cdev *mcdev =
		container_of(inode->i_cdev, struct mpath_cdev, cdev);

	if (!test_bit(MPATH_HEAD_DISK_LIVE, &mcdev->head->flags))
		return -ENXIO;
	file->private_data = mcdev->head;
	return 0;
}

static long mpath_chr_ioctl(struct file *file, unsigned int cmd,
			    unsigned long arg)
{
	struct mpath_head *head = file->private_data;
	struct mpath_device *mdev;
	void *data;
	long ret;

	mdev = mpath_ioctl_begin(head, cmd, arg, &data);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ret = head->mpdt->cdev_ioctl(mdev, cmd, arg,
				     file->f_mode & FMODE_WRITE);
	mpath_ioctl_finish(head, mdev, data);
	return ret;
}

/*
 * Not -EWOULDBLOCK: io_uring would take that for "try again from a worker",
 * and a worker that polls would do so without end.
 */
static int mpath_chr_uring_cmd(struct io_uring_cmd *ioucmd,
			       unsigned int issue_flags)
{
	struct mpath_head *head = ioucmd->file->private_data;
	struct mpath_device *mdev;
	int ret;

	if (!head->mpdt->chr_uring_cmd)
		return -EOPNOTSUPP;
	mdev = mpath_get_path(head);
	if (!mdev)
		return -EINVAL;
	ret = head->mpdt->chr_uring_cmd(mdev, ioucmd, issue_flags);
	mpath_device_put(mdev);
	return ret;
}

static int mpath_chr_uring_cmd_iopoll(struct io_uring_cmd *ioucmd,
				      struct io_comp_batch *iob,
				      unsigned int poll_flags)
{
	struct mpath_head *head = ioucmd->file->private_data;

	if (!head->mpdt->chr_uring_cmd_iopoll)
		return -EOPNOTSUPP;
	return head->mpdt->chr_uring_cmd_iopoll(ioucmd, iob, poll_flags);
}

const struct file_operations mpath_chr_fops = {
	.owner		= THIS_MODULE,
	.open		= mpath_chr_open,
	.unlocked_ioctl	= mpath_chr_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.uring_cmd	= mpath_chr_uring_cmd,
	.uring_cmd_iopoll = mpath_chr_uring_cmd_iopoll,
};
EXPORT_SYMBOL_GPL(mpath_chr_fops);

static void mpath_cdev_release(struct device *dev)
{
	struct mpath_cdev *mcdev = container_of(dev, struct mpath_cdev, dev);

	ida_free(&mpath_chr_minors, MINOR(dev->devt));
	mpath_put_head(mcdev->head);
	kfree(mcdev);
}

static struct mpath_cdev *mpath_alloc_cdev(struct mpath_head *head)
{
	struct mpath_cdev *mcdev;
	int minor;

	mcdev = kzalloc_obj(*mcdev);
	if (!mcdev)
		return ERR_PTR(-ENOMEM);
	minor = ida_alloc_max(&mpath_chr_minors, MPATH_MINORS - 1, GFP_KERNEL);
	if (minor < 0) {
		kfree(mcdev);
		return ERR_PTR(minor);
	}
	/* All of it is undone by mpath_cdev_release() from here on. */
	device_initialize(&mcdev->dev);
	mcdev->dev.release = mpath_cdev_release;
	mcdev->dev.devt = MKDEV(MAJOR(mpath_chr_devt), minor);
	mcdev->dev.parent = head->parent;
	kref_get(&head->ref);
	mcdev->head = head;

	cdev_init(&mcdev->cdev, &mpath_chr_fops);
	mcdev->cdev.owner = head->drv_module;
	return mcdev;
}

/**
 * mpath_cdev_add() - make a head's char device
 * @head: the head
 * @class: the class it appears in
 * @name: its name in /dev
 *
 * For the add_cdev callback. Opening the device pins the driver's module.
 *
 * Context: process context; sleeps.
 * Return: 0, -ENOMEM, -ENOSPC if there are no minor numbers left, or what the
 * driver core says of @name.
 */
int mpath_cdev_add(struct mpath_head *head, const struct class *class,
		   const char *name)
{
	struct mpath_cdev *mcdev;
	int ret;

	mcdev = mpath_alloc_cdev(head);
	if (IS_ERR(mcdev))
		return PTR_ERR(mcdev);
	mcdev->dev.class = class;
	ret = dev_set_name(&mcdev->dev, "%s", name);
	if (!ret)
		ret = cdev_device_add(&mcdev->cdev, &mcdev->dev);
	if (ret) {
		put_device(&mcdev->dev);
		return ret;
	}
	head->cdev = mcdev;
	return 0;
}
EXPORT_SYMBOL_GPL(mpath_cdev_add);

/**
 * mpath_cdev_del() - take a head's char device away
 * @head: the head, after mpath_cdev_add()
 *
 * For the del_cdev callback. Files that are open stay so, and fail.
 *
 * Context: process context; sleeps, but not for users of the device.
 */
void mpath_cdev_del(struct mpath_head *head)
{
	struct mpath_cdev *mcdev = head->cdev;

	head->cdev = NULL;
	cdev_device_del(&mcdev->cdev, &mcdev->dev);
	put_device(&mcdev->dev);
}
EXPORT_SYMBOL_GPL(mpath_cdev_del);

int __init mpath_cdev_init(void)
{
	return alloc_chrdev_region(&mpath_chr_devt, 0, MPATH_MINORS, "mpath");
}

void mpath_cdev_exit(void)
{
	unregister_chrdev_region(mpath_chr_devt, MPATH_MINORS);
	ida_destroy(&mpath_chr_minors);
}
