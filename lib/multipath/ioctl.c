// SPDX-License-Identifier: GPL-2.0
/*
 * What is asked of the disk, or of the char device, and answered by a path.
 *
 * An ioctl may run for minutes. It does not hold SRCU, so that it does not
 * keep the other paths from going, but it holds its own path: either by the
 * library's reference, for which mpath_delete_device() waits, or by one of the
 * driver's, when the ioctl may be what takes the path away.
 *
 * While no path is usable the asker waits as a bio would, if the driver says
 * so. He has nothing locked, holds neither the list nor a path, and a signal
 * ends it:
 *
 *	asker				a path comes back, the hold time is over,
 *					or the disk goes
 *	is in the wait queue
 *	finds no path
 *					it is so
 *					requeue work: wakes the queue
 *	looks again
 *
 * An ioctl that was sent is not repeated, unless the driver says that it was lost and
 * may be. One that waits in a path for the end of error recovery, say, has not been
 * sent: what it comes back with when the path is lost is -ENODEV.
 */
#include <linux/capability.h>
#include <linux/compat.h>

#include "internal.h"

/* What paths are lost by so often may be what makes the target drop them. */
#define MPATH_IOCTL_TRIES	16

/* As by a bio that begins to wait, the driver is told. */
static void mpath_ask_for_path(struct mpath_head *head)
{
	int srcu_idx = srcu_read_lock(&head->srcu);

	if (test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) && head->mpdt->io_held)
		head->mpdt->io_held(head);
	srcu_read_unlock(&head->srcu, srcu_idx);
}

/*
 * Wait until a path is usable. Returns 0 if it is worth to look for one, or
 * -EWOULDBLOCK if a bio would not be held either, or -ERESTARTSYS after a
 * signal.
 */
int mpath_wait_for_path(struct mpath_head *head)
{
	enum mpath_head_state state;
	int ret;

	/* Whose disk is dead gets no path, though there may be one. */
	if (!test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) ||
	    !head->mpdt->hold_ioctls)
		return -EWOULDBLOCK;
	mpath_ask_for_path(head);
	ret = wait_event_interruptible(head->path_wait,
				       (state = mpath_read_state(head)) !=
				       MPATH_HEAD_NO_USABLE_PATH);
	if (ret)
		return ret;
	return mpath_state_is_usable(state) ? 0 : -EWOULDBLOCK;
}

/* As mpath_get_path(), but waits for one if need be; the path or ERR_PTR. */
struct mpath_device *mpath_await_path(struct mpath_head *head)
{
	struct mpath_device *mdev;
	int ret;

	do {
		mdev = mpath_get_path(head);
		if (mdev)
			return mdev;
		ret = mpath_wait_for_path(head);
	} while (!ret);
	return ERR_PTR(ret);
}

/* The path that an ioctl would take now, or NULL. */
static struct mpath_device *mpath_ioctl_try_path(struct mpath_head *head,
						 unsigned int cmd, void **data)
{
	struct mpath_device *mdev;
	int srcu_idx;

	*data = NULL;
	srcu_idx = srcu_read_lock(&head->srcu);
	mdev = mpath_find_live_path(head);
	if (mdev && head->mpdt->ioctl_begin)
		head->mpdt->ioctl_begin(mdev, cmd, data);
	if (mdev && !*data)
		percpu_ref_get(&mdev->ref);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return mdev;
}

static int mpath_ioctl_check(struct mpath_head *head, struct mpath_device *mdev,
			     unsigned int cmd, unsigned long arg)
{
	return head->mpdt->ioctl_check ?
	       head->mpdt->ioctl_check(mdev, cmd, arg) : 0;
}

/*
 * Returns the path for an ioctl, to be given to mpath_ioctl_finish() together
 * with *@data, or ERR_PTR.
 */
struct mpath_device *mpath_ioctl_begin(struct mpath_head *head,
				       unsigned int cmd, unsigned long arg,
				       void **data)
{
	struct mpath_device *mdev;
	int ret;

	do {
		while (!(mdev = mpath_ioctl_try_path(head, cmd, data))) {
			ret = mpath_wait_for_path(head);
			if (ret)
				return ERR_PTR(ret);
		}
		ret = mpath_ioctl_check(head, mdev, cmd, arg);
		if (!ret)
			return mdev;
		mpath_ioctl_finish(head, mdev, *data);
	} while (ret == -EPROBE_DEFER);
	return ERR_PTR(ret);
}

void mpath_ioctl_finish(struct mpath_head *head, struct mpath_device *mdev,
			void *data)
{
	if (data)
		head->mpdt->ioctl_finish(data);
	else
		mpath_device_put(mdev);
}

/*
 * The path sees the ioctl come to its whole disk. What could reach beyond the
 * partition that was opened is only for those who may do so anyway: sd has the
 * same rule.
 */
static bool mpath_may_ioctl(struct block_device *bdev)
{
	return !bdev_is_partition(bdev) || capable(CAP_SYS_RAWIO);
}

/* The path knows how its commands look to a 32 bit program. */
static int mpath_call_ioctl(struct gendisk *disk, blk_mode_t mode,
			    unsigned int cmd, unsigned long arg, bool compat)
{
	int (*ioctl)(struct block_device *bdev, blk_mode_t mode,
		     unsigned int cmd, unsigned long arg);

	ioctl = compat ? disk->fops->compat_ioctl : disk->fops->ioctl;
	return ioctl ? ioctl(disk->part0, mode, cmd, arg) : -ENOIOCTLCMD;
}

/* Went the path before it was asked anything, or with what it was asked for? */
static bool mpath_ioctl_is_lost(struct mpath_head *head,
				struct mpath_device *mdev, unsigned int cmd,
				unsigned long arg, int ret)
{
	bool lost;
	int srcu_idx;

	if (!ret)
		return head->mpdt->ioctl_again &&
		       head->mpdt->ioctl_again(mdev, cmd, arg);
	if (ret != -ENODEV)
		return false;
	srcu_idx = srcu_read_lock(&head->srcu);
	lost = !mpath_path_is_usable(head, mdev);
	srcu_read_unlock(&head->srcu, srcu_idx);
	return lost;
}

static int mpath_ioctl_path(struct block_device *bdev, blk_mode_t mode,
			    unsigned int cmd, unsigned long arg, bool compat)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	unsigned int tries = 0;
	struct mpath_device *mdev;
	bool again;
	void *data;
	int ret;

	if (!mpath_may_ioctl(bdev))
		return -ENOIOCTLCMD;
	do {
		mdev = mpath_ioctl_begin(head, cmd, arg, &data);
		if (IS_ERR(mdev))
			return PTR_ERR(mdev);
		ret = mpath_call_ioctl(mdev->disk, mode, cmd, arg, compat);
		again = ++tries < MPATH_IOCTL_TRIES &&
			mpath_ioctl_is_lost(head, mdev, cmd, arg, ret);
		mpath_ioctl_finish(head, mdev, data);
	} while (again);
	return ret;
}

int mpath_bdev_ioctl(struct block_device *bdev, blk_mode_t mode,
		     unsigned int cmd, unsigned long arg)
{
	return mpath_ioctl_path(bdev, mode, cmd, arg, false);
}

int mpath_bdev_compat_ioctl(struct block_device *bdev, blk_mode_t mode,
			    unsigned int cmd, unsigned long arg)
{
	return mpath_ioctl_path(bdev, mode, cmd, arg, true);
}

int mpath_bdev_getgeo(struct gendisk *disk, struct hd_geometry *geo)
{
	struct mpath_device *mdev;
	int ret = -ENOTTY;

	mdev = mpath_await_path(mpath_gendisk_to_head(disk));
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	if (mdev->disk->fops->getgeo)
		ret = mpath_compat_disk_getgeo(mdev->disk, geo);
	mpath_device_put(mdev);
	return ret;
}

/* 0 is the length of an id that does not exist. */
int mpath_bdev_get_unique_id(struct gendisk *disk, u8 id[16],
			     enum blk_unique_id type)
{
	struct mpath_device *mdev;
	int ret = 0;

	mdev = mpath_await_path(mpath_gendisk_to_head(disk));
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	if (mdev->disk->fops->get_unique_id)
		ret = mdev->disk->fops->get_unique_id(mdev->disk, id, type);
	mpath_device_put(mdev);
	return ret;
}
