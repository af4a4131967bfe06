// SPDX-License-Identifier: GPL-2.0
/*
 * Files of a unit that are SCSI's, and the group "mpath" of a path's disk. The
 * files every multipath head has are the library's.
 */
#include <linux/sysfs.h>

#include "scsi_mpath.h"

static ssize_t vpd_id_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct scsi_mpath_lu *lu = mpath_bd_device_to_head(dev)->drvdata;

	return sysfs_emit(buf, "%s\n", lu->id);
}
static DEVICE_ATTR_RO(vpd_id);

static struct attribute *disk_attrs[] = {
	&dev_attr_vpd_id.attr,
	NULL,
};

static const struct attribute_group disk_group = {
	.attrs = disk_attrs,
};

const struct attribute_group *scsi_mpath_disk_groups[] = {
	&mpath_attr_group,
	&disk_group,
	NULL,
};

/* The group exists only while the path holds the disk. */
static struct scsi_mpath_path *dev_to_path(struct device *dev)
{
	return dev_to_disk(dev)->part0->bd_holder;
}

static ssize_t access_state_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	u8 state = READ_ONCE(dev_to_path(dev)->alua_state);

	return sysfs_emit(buf, "%s\n",
			  scsi_mpath_alua_names[state] ?: "unknown");
}
static DEVICE_ATTR_RO(access_state);

static ssize_t preferred_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(dev_to_path(dev)->pref));
}
static DEVICE_ATTR_RO(preferred);

static ssize_t tpg_show(struct device *dev, struct device_attribute *attr,
			char *buf)
{
	return sysfs_emit(buf, "%d\n", dev_to_path(dev)->tpg);
}
static DEVICE_ATTR_RO(tpg);

static const char *health_of(struct scsi_mpath_path *path)
{
	if (!scsi_mpath_template.available_path(&path->mdev) &&
	    READ_ONCE(path->alua_state) != ALUA_OFFLINE)
		return "offline";
	if (!path_is_running(path))
		return "blocked";
	if (READ_ONCE(path->flags) & PATH_UNUSABLE)
		return "suspect";
	if (READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT)
		return "unfit";
	return "good";
}

static ssize_t health_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return sysfs_emit(buf, "%s\n", health_of(dev_to_path(dev)));
}
static DEVICE_ATTR_RO(health);

static ssize_t failovers_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%ld\n",
			  atomic_long_read(&dev_to_path(dev)->failovers));
}
static DEVICE_ATTR_RO(failovers);

static ssize_t errors_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return sysfs_emit(buf, "%ld\n",
			  atomic_long_read(&dev_to_path(dev)->errors));
}
static DEVICE_ATTR_RO(errors);

static ssize_t numa_nodes_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	return mpath_numa_nodes_show(&dev_to_path(dev)->mdev, buf);
}
static DEVICE_ATTR_RO(numa_nodes);

static ssize_t queue_depth_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct scsi_mpath_path *path = dev_to_path(dev);

	return sysfs_emit(buf, "%d\n", atomic_read(&path->nexus->nr_active));
}
static DEVICE_ATTR_RO(queue_depth);

static struct attribute *path_attrs[] = {
	&dev_attr_access_state.attr,
	&dev_attr_preferred.attr,
	&dev_attr_tpg.attr,
	&dev_attr_health.attr,
	&dev_attr_failovers.attr,
	&dev_attr_errors.attr,
	&dev_attr_numa_nodes.attr,
	&dev_attr_queue_depth.attr,
	NULL,
};

static const struct attribute_group path_group = {
	.name = "mpath",
	.attrs = path_attrs,
};

/**
 * scsi_mpath_add_group() - show a claimed path's files
 * @path: the path
 *
 * Does nothing if sd is about to take the disk away, or has done so.
 *
 * Context: process context.
 */
void scsi_mpath_add_group(struct scsi_mpath_path *path)
{
	struct kobject *kobj = &disk_to_dev(path->mdev.disk)->kobj;

	mutex_lock(&path->lock);
	if (test_bit(PATH_BOUND, &path->flags) &&
	    !test_bit(PATH_GONE, &path->flags) &&
	    !sysfs_create_group(kobj, &path_group))
		path->has_group = true;
	mutex_unlock(&path->lock);
}

/**
 * scsi_mpath_remove_group() - take a path's files away
 * @path: the path; shown or not
 *
 * Context: process context; waits for readers of the files.
 */
void scsi_mpath_remove_group(struct scsi_mpath_path *path)
{
	mutex_lock(&path->lock);
	if (path->has_group)
		sysfs_remove_group(&disk_to_dev(path->mdev.disk)->kobj,
				   &path_group);
	path->has_group = false;
	mutex_unlock(&path->lock);
}
