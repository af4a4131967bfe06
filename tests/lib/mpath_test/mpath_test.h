/* SPDX-License-Identifier: GPL-2.0 */
/* The two halves of mpath_test: the driver, and its directories in configfs. */
#ifndef _MPATH_TEST_H
#define _MPATH_TEST_H

#include <linux/configfs.h>
#include <linux/multipath.h>

/*
 * struct mpt_head - one head
 * @head: its drvdata is this, or NULL once the directory has gone
 * @iopolicy: poisoned when the disk is put
 * @own_ref: ioctls take a reference on the path of their own
 * @ioctl_ms: how long an ioctl sleeps in ioctl_check
 * @max_tries: a bio that has failed so often fails
 * @bios: those that have completed well
 */
struct mpt_head {
	struct config_group	group;
	struct mpath_head	*head;
	enum mpath_iopolicy_e	iopolicy;
	unsigned int		own_ref;
	unsigned int		ioctl_ms;
	unsigned int		max_tries;
	atomic_long_t		bios;
};

/*
 * struct mpt_path - one path
 * @file: its disk is open as long as this is in memory
 * @lock: protects @added, and @file when it is set
 * @leaves: is about to be deleted
 * @usable_once: until it has failed a bio, though it is disabled, and without a
 *	word to the library
 * @fail: so many of the next bios fail, all if negative
 * @status: with what
 * @delay_ms: how late bios complete
 * @bios: how many have completed well
 * @failed: and how many not
 * @ioctls: how many run now
 */
struct mpt_path {
	struct config_item	item;
	struct mpath_device	mdev;
	struct mpt_head		*h;
	struct file		*file;
	atomic_t		nr_active;
	struct mutex		lock;	/* see above */
	bool			added;
	bool			leaves;
	int			id;
	int			numa_node;
	unsigned int		disabled;
	unsigned int		usable_once;
	unsigned int		available;
	unsigned int		refuse_clone;
	unsigned int		delay_ms;
	atomic_t		fail;
	blk_status_t		status;
	atomic_long_t		bios;
	atomic_long_t		failed;
	atomic_t		ioctls;
};

static inline struct mpt_head *to_head(struct config_item *item)
{
	return container_of(to_config_group(item), struct mpt_head, group);
}

static inline struct mpt_path *to_path(struct config_item *item)
{
	return container_of(item, struct mpt_path, item);
}

static inline struct mpt_path *mdev_to_path(struct mpath_device *mdev)
{
	return container_of(mdev, struct mpt_path, mdev);
}

/* driver.c */
extern struct mutex mpt_lock;
int mpt_add(struct mpt_path *p);
int mpt_delete(struct mpt_path *p);
int mpt_alloc_head(struct mpt_head *h);
void mpt_drop_disk(struct mpt_head *h);

/* configfs.c */
int mpt_configfs_init(void);
void mpt_configfs_exit(void);

#endif /* _MPATH_TEST_H */
