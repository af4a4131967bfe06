// SPDX-License-Identifier: GPL-2.0
/*
 * The group "multipath" of a head disk: what the head is set to and what it
 * does, one value a file, and a link to each path's disk.
 */
#include <linux/export.h>
#include <linux/nodemask.h>
#include <linux/sched/mm.h>
#include <linux/sysfs.h>

#include "internal.h"

#define MPATH_GROUP	"multipath"

/* What stands for MPATH_REMOVAL_IN_USE. */
#define MPATH_IN_USE	"in-use"

/**
 * mpath_iopolicy_show() - print a policy as a sysfs file's content
 * @iopolicy: the policy
 * @buf: a page
 *
 * Context: any.
 * Return: the number of characters written.
 */
ssize_t mpath_iopolicy_show(enum mpath_iopolicy_e iopolicy, char *buf)
{
	return mpath_get_iopolicy(buf, iopolicy);
}
EXPORT_SYMBOL_GPL(mpath_iopolicy_show);

/**
 * mpath_iopolicy_store() - set the policy of a head from a sysfs file
 * @head: the head
 * @buf: what was written: the name of a policy
 * @count: its length
 *
 * Context: process context.
 * Return: @count, or -EINVAL if there is no such policy.
 */
ssize_t mpath_iopolicy_store(struct mpath_head *head, const char *buf,
			     size_t count)
{
	int ret = mpath_set_iopolicy(buf, head->iopolicy);

	if (ret)
		return ret;
	mpath_clear_paths(head);
	return count;
}
EXPORT_SYMBOL_GPL(mpath_iopolicy_store);

/**
 * mpath_numa_nodes_show() - print for which nodes a path is chosen
 * @mdev: the path
 * @buf: a page
 *
 * Context: process context.
 * Return: the number of characters written; the list is empty unless the
 * policy is numa.
 */
ssize_t mpath_numa_nodes_show(struct mpath_device *mdev, char *buf)
{
	struct mpath_head *head = mdev->mpath_head;
	nodemask_t nodes = NODE_MASK_NONE;
	int node;

	if (mpath_read_iopolicy(head) == MPATH_IOPOLICY_NUMA)
		for (node = 0; node < nr_node_ids; node++)
			if (mdev == rcu_access_pointer(head->current_path[node]))
				node_set(node, nodes);
	return sysfs_emit(buf, "%*pbl\n", nodemask_pr_args(&nodes));
}
EXPORT_SYMBOL_GPL(mpath_numa_nodes_show);

/**
 * mpath_delayed_removal_secs_show() - print how long a removal is delayed
 * @head: the head
 * @buf: a page
 *
 * Context: any.
 * Return: the number of characters written.
 */
ssize_t mpath_delayed_removal_secs_show(struct mpath_head *head, char *buf)
{
	unsigned int secs = READ_ONCE(head->delayed_removal_secs);

	if (secs == MPATH_REMOVAL_IN_USE)
		return sysfs_emit(buf, "%s\n", MPATH_IN_USE);
	return sysfs_emit(buf, "%u\n", secs);
}
EXPORT_SYMBOL_GPL(mpath_delayed_removal_secs_show);

/**
 * mpath_delayed_removal_secs_store() - set it from a sysfs file
 * @head: the head
 * @buf: what was written: a number as mpath_set_delayed_removal() takes it, or
 *	"in-use"
 * @count: its length
 *
 * Context: process context; takes the head's lock.
 * Return: @count, -EINVAL if this is no such number, or -EOPNOTSUPP as
 * mpath_set_delayed_removal().
 */
ssize_t mpath_delayed_removal_secs_store(struct mpath_head *head,
					 const char *buf, size_t count)
{
	unsigned int secs;
	int ret;

	if (sysfs_streq(buf, MPATH_IN_USE))
		secs = MPATH_REMOVAL_IN_USE;
	else if (kstrtouint(buf, 10, &secs) || secs > MPATH_DELAYED_REMOVAL_MAX)
		return -EINVAL;
	ret = mpath_set_delayed_removal(head, secs);
	return ret ?: count;
}
EXPORT_SYMBOL_GPL(mpath_delayed_removal_secs_store);

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct mpath_head *head = mpath_bd_device_to_head(dev);

	return sysfs_emit(buf, "%s\n",
			  mpath_head_state_names[mpath_read_state(head)]);
}
static DEVICE_ATTR_RO(state);

static ssize_t iopolicy_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct mpath_head *head = mpath_bd_device_to_head(dev);

	return mpath_iopolicy_show(mpath_read_iopolicy(head), buf);
}

static ssize_t iopolicy_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t count)
{
	return mpath_iopolicy_store(mpath_bd_device_to_head(dev), buf, count);
}
static DEVICE_ATTR_RW(iopolicy);

static ssize_t no_path_timeout_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct mpath_head *head = mpath_bd_device_to_head(dev);

	return sysfs_emit(buf, "%d\n", READ_ONCE(head->no_path_timeout));
}

static ssize_t no_path_timeout_store(struct device *dev,
				     struct device_attribute *attr,
				     const char *buf, size_t count)
{
	int secs, ret;

	if (kstrtoint(buf, 10, &secs))
		return -EINVAL;
	ret = mpath_set_no_path_timeout(mpath_bd_device_to_head(dev), secs);
	return ret ?: count;
}
static DEVICE_ATTR_RW(no_path_timeout);

static ssize_t delayed_removal_secs_show(struct device *dev,
					 struct device_attribute *attr,
					 char *buf)
{
	return mpath_delayed_removal_secs_show(mpath_bd_device_to_head(dev),
					       buf);
}

static ssize_t delayed_removal_secs_store(struct device *dev,
					  struct device_attribute *attr,
					  const char *buf, size_t count)
{
	return mpath_delayed_removal_secs_store(mpath_bd_device_to_head(dev),
						buf, count);
}
static DEVICE_ATTR_RW(delayed_removal_secs);

static ssize_t requeued_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct mpath_head *head = mpath_bd_device_to_head(dev);

	return sysfs_emit(buf, "%ld\n",
			  atomic_long_read(&head->requeue_no_usable_path_cnt));
}
static DEVICE_ATTR_RO(requeued);

static ssize_t failed_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct mpath_head *head = mpath_bd_device_to_head(dev);

	return sysfs_emit(buf, "%ld\n",
			  atomic_long_read(&head->fail_no_avail_path_cnt));
}
static DEVICE_ATTR_RO(failed);

static struct attribute *mpath_attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_iopolicy.attr,
	&dev_attr_no_path_timeout.attr,
	&dev_attr_delayed_removal_secs.attr,
	&dev_attr_requeued.attr,
	&dev_attr_failed.attr,
	NULL,
};

/*
 * Visible only where the device is the disk of a head that can do it. A driver
 * may have the same groups for the disks of its paths: they have no directory.
 */
static umode_t mpath_attr_is_visible(struct kobject *kobj,
				     struct attribute *attr, int n)
{
	struct gendisk *disk = dev_to_disk(kobj_to_dev(kobj));

	if (!is_mpath_disk(disk))
		return SYSFS_GROUP_INVISIBLE;
	if (attr == &dev_attr_delayed_removal_secs.attr &&
	    !mpath_gendisk_to_head(disk)->mpdt->remove_head)
		return 0;
	return attr->mode;
}

const struct attribute_group mpath_attr_group = {
	.name = MPATH_GROUP,
	.attrs = mpath_attrs,
	.is_visible = mpath_attr_is_visible,
};
EXPORT_SYMBOL_GPL(mpath_attr_group);

const struct attribute_group *mpath_device_groups[] = {
	&mpath_attr_group,
	NULL,
};
EXPORT_SYMBOL_GPL(mpath_device_groups);

static void mpath_link_path(struct mpath_head *head, struct mpath_device *mdev)
{
	struct kobject *path = &disk_to_dev(mdev->disk)->kobj;

	lockdep_assert_held(&head->lock);
	if (!test_bit(GD_ADDED, &mdev->disk->state) ||
	    test_and_set_bit(MPATH_DEVICE_SYSFS_ATTR_LINK, &mdev->flags))
		return;
	if (sysfs_add_link_to_group(&disk_to_dev(head->disk)->kobj, MPATH_GROUP,
				    path, mdev->disk->disk_name))
		clear_bit(MPATH_DEVICE_SYSFS_ATTR_LINK, &mdev->flags);
}

/**
 * mpath_add_sysfs_link() - link every path that is not linked yet
 * @head: a head whose disk is live
 *
 * Context: process context; takes the head's lock.
 */
void mpath_add_sysfs_link(struct mpath_head *head)
{
	/* State work needs the lock as well, to send on what is held. */
	unsigned int noio = memalloc_noio_save();
	struct mpath_device *mdev;

	mutex_lock(&head->lock);
	if (test_bit(MPATH_HEAD_DISK_LIVE, &head->flags) &&
	    test_bit(GD_ADDED, &head->disk->state))
		list_for_each_entry(mdev, &head->dev_list, siblings)
			mpath_link_path(head, mdev);
	mutex_unlock(&head->lock);
	memalloc_noio_restore(noio);
}
EXPORT_SYMBOL_GPL(mpath_add_sysfs_link);

/* Once the disk has been deleted there is no group to remove a link from. */
void mpath_unlink_path(struct mpath_device *mdev)
{
	struct mpath_head *head = mdev->mpath_head;

	lockdep_assert_held(&head->lock);
	if (!test_and_clear_bit(MPATH_DEVICE_SYSFS_ATTR_LINK, &mdev->flags))
		return;
	sysfs_remove_link_from_group(&disk_to_dev(head->disk)->kobj,
				     MPATH_GROUP, mdev->disk->disk_name);
}

/**
 * mpath_remove_sysfs_link() - remove the link of one path
 * @mdev: the path, linked or not
 *
 * Context: process context; takes the head's lock.
 */
void mpath_remove_sysfs_link(struct mpath_device *mdev)
{
	mutex_lock(&mdev->mpath_head->lock);
	mpath_unlink_path(mdev);
	mutex_unlock(&mdev->mpath_head->lock);
}
EXPORT_SYMBOL_GPL(mpath_remove_sysfs_link);
