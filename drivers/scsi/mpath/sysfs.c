// SPDX-License-Identifier: GPL-2.0
/*
 * Files of a unit that are SCSI's, the group "mpath" of a path's disk, and a file
 * of each SCSI device that may be one. The files every multipath head has are the
 * library's.
 */
#include <linux/sysfs.h>

#include "scsi_mpath.h"

/* Files of a unit are there while it is. */
static struct scsi_mpath_lu *dev_to_lu(struct device *dev)
{
	return mpath_bd_device_to_head(dev)->drvdata;
}

static ssize_t vpd_id_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return sysfs_emit(buf, "%s\n", dev_to_lu(dev)->id);
}
static DEVICE_ATTR_RO(vpd_id);

static ssize_t explicit_alua_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n",
			  READ_ONCE(dev_to_lu(dev)->activation.enabled));
}

/* An order to try again, too, where the target has refused before. */
static ssize_t explicit_alua_store(struct device *dev,
				   struct device_attribute *attr,
				   const char *buf, size_t count)
{
	struct scsi_mpath_lu *lu = dev_to_lu(dev);
	bool enable;

	if (kstrtobool(buf, &enable))
		return -EINVAL;
	scsi_mpath_forget_refusals(lu);
	WRITE_ONCE(lu->activation.enabled, enable);
	scsi_mpath_alua_request(lu);
	return count;
}
static DEVICE_ATTR_RW(explicit_alua);

static ssize_t failback_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	return scsi_mpath_print_failback(buf,
			READ_ONCE(dev_to_lu(dev)->activation.failback));
}

static ssize_t failback_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t count)
{
	struct scsi_mpath_lu *lu = dev_to_lu(dev);
	int secs, ret;

	ret = scsi_mpath_parse_failback(buf, &secs);
	if (ret)
		return ret;
	WRITE_ONCE(lu->activation.failback, secs);
	scsi_mpath_alua_request(lu);
	return count;
}
static DEVICE_ATTR_RW(failback);

static struct attribute *disk_attrs[] = {
	&dev_attr_vpd_id.attr,
	&dev_attr_explicit_alua.attr,
	&dev_attr_failback.attr,
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
	if (READ_ONCE(path->sdev->sdev_state) == SDEV_OFFLINE ||
	    (!scsi_mpath_template.available_path(&path->mdev) &&
	     READ_ONCE(path->alua_state) != ALUA_OFFLINE))
		return "offline";
	if (!path_is_running(path))
		return "blocked";
	if (test_bit(PATH_STRAY, &path->flags))
		return "stray";
	if (test_bit(PATH_SUSPECT, &path->flags))
		return "suspect";
	if (test_bit(PATH_UNSURE, &path->flags))
		return "unsure";
	if (READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT)
		return "unfit";
	if (test_bit(PATH_PROBATION, &path->flags))
		return "probation";
	return "good";
}

static ssize_t health_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return sysfs_emit(buf, "%s\n", health_of(dev_to_path(dev)));
}
static DEVICE_ATTR_RO(health);

/* In words, why the path is not as it should be. */
static ssize_t reason_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct scsi_mpath_path *path = dev_to_path(dev);
	char reason[SCSI_MPATH_REASON_LEN] = "none";
	const char *why = mpath_mismatch(&path->mdev);

	if (test_bit(PATH_OUT, &path->flags))
		return sysfs_emit(buf, "taken out of service\n");
	if (READ_ONCE(path->sdev->sdev_state) == SDEV_OFFLINE)
		return sysfs_emit(buf, "%s\n",
				  test_bit(PATH_GIVEN_UP, &path->flags) ?
				  "SCSI error handling gave it up" :
				  "the SCSI device was set offline");
	if (!path_is_running(path))
		return sysfs_emit(buf, "the SCSI device does not run\n");
	if (test_bit(PATH_STRAY, &path->flags))
		return sysfs_emit(buf, "leads to another unit\n");
	if (test_bit(PATH_ABSENT, &path->flags))
		return sysfs_emit(buf, "no such LUN\n");
	if (READ_ONCE(path->flags) & (BIT(PATH_SUSPECT) | BIT(PATH_PROBATION)))
		scsi_mpath_print_cause(path, reason, sizeof(reason));
	else if (test_bit(PATH_NAMELESS, &path->flags))
		return sysfs_emit(buf, "names no unit\n");
	else if (test_bit(PATH_UNSURE, &path->flags))
		return sysfs_emit(buf, "asked which unit it leads to\n");
	else if (READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT)
		return sysfs_emit(buf, "%s\n",
				  why ?: "not like the other paths of the unit");
	else if (!alua_state_is_active(READ_ONCE(path->alua_state)))
		return sysfs_emit(buf, "its target port group takes no I/O\n");
	else if (!path->watched)
		return sysfs_emit(buf, "unwatched, another handler has its sense data\n");
	return sysfs_emit(buf, "%s\n", reason);
}
static DEVICE_ATTR_RO(reason);

static ssize_t errors_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct scsi_mpath_health *health = &dev_to_path(dev)->health;
	long sum = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(health->errors); i++)
		sum += atomic_long_read(&health->errors[i]);
	return sysfs_emit(buf, "%ld\n", sum);
}
static DEVICE_ATTR_RO(errors);

static ssize_t show_counter(const atomic_long_t *counter, char *buf)
{
	return sysfs_emit(buf, "%ld\n", atomic_long_read(counter));
}

static ssize_t errors_transport_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	return show_counter(&dev_to_path(dev)->health.errors[SCSI_MPATH_TRANSPORT], buf);
}
static DEVICE_ATTR_RO(errors_transport);

static ssize_t errors_timeout_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	return show_counter(&dev_to_path(dev)->health.errors[SCSI_MPATH_TIMEOUT], buf);
}
static DEVICE_ATTR_RO(errors_timeout);

static ssize_t errors_sense_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	return show_counter(&dev_to_path(dev)->health.errors[SCSI_MPATH_SENSE], buf);
}
static DEVICE_ATTR_RO(errors_sense);

static ssize_t errors_port_state_show(struct device *dev,
				      struct device_attribute *attr, char *buf)
{
	return show_counter(&dev_to_path(dev)->health.port_errors, buf);
}
static DEVICE_ATTR_RO(errors_port_state);

static ssize_t failovers_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	return show_counter(&dev_to_path(dev)->health.failovers, buf);
}
static DEVICE_ATTR_RO(failovers);

static ssize_t probes_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return show_counter(&dev_to_path(dev)->health.probes, buf);
}
static DEVICE_ATTR_RO(probes);

static ssize_t reset_store(struct device *dev, struct device_attribute *attr,
			   const char *buf, size_t count)
{
	bool reset;

	if (kstrtobool(buf, &reset) || !reset)
		return -EINVAL;
	scsi_mpath_reset_health(dev_to_path(dev));
	return count;
}
static DEVICE_ATTR_WO(reset);

static ssize_t admin_state_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	enum scsi_mpath_admin admin = scsi_mpath_get_admin(dev_to_path(dev));

	return sysfs_emit(buf, "%s\n", scsi_mpath_admin_names[admin]);
}

/* Returns when the path is as told: without I/O, if it is out of service. */
static ssize_t admin_state_store(struct device *dev,
				 struct device_attribute *attr,
				 const char *buf, size_t count)
{
	int admin = __sysfs_match_string(scsi_mpath_admin_names, -1, buf);
	int ret;

	if (admin < 0)
		return admin;
	ret = scsi_mpath_set_admin(dev_to_path(dev), admin);
	return ret ?: count;
}
static DEVICE_ATTR_RW(admin_state);

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
	&dev_attr_reason.attr,
	&dev_attr_admin_state.attr,
	&dev_attr_failovers.attr,
	&dev_attr_errors.attr,
	&dev_attr_errors_transport.attr,
	&dev_attr_errors_timeout.attr,
	&dev_attr_errors_sense.attr,
	&dev_attr_errors_port_state.attr,
	&dev_attr_probes.attr,
	&dev_attr_reset.attr,
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

/*
 * What a disk is must be known before anybody mounts it. The kernel announces it
 * while sd's probe runs, before it can be a path: whoever is told and asks here
 * is answered when that is decided.
 */
static ssize_t mpath_unit_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct scsi_mpath_path *path = scsi_mpath_find_path(to_scsi_device(dev));
	struct scsi_mpath_lu *lu;
	ssize_t len;

	if (!path)
		return -ENODEV;
	scsi_mpath_settle(path);
	/* A unit that a path has is not freed without this. */
	mutex_lock(&scsi_mpath_lock);
	lu = READ_ONCE(path->lu);
	len = sysfs_emit(buf, "%s\n", lu ? lu->head->disk->disk_name : "");
	mutex_unlock(&scsi_mpath_lock);
	scsi_mpath_put_path(path);
	return len;
}

static ssize_t mpath_unit_store(struct device *dev,
				struct device_attribute *attr,
				const char *buf, size_t count)
{
	struct scsi_mpath_path *path = scsi_mpath_find_path(to_scsi_device(dev));
	int ret = -EINVAL;

	if (!path)
		return -ENODEV;
	if (sysfs_streq(buf, "release"))
		ret = scsi_mpath_release(path);
	else if (sysfs_streq(buf, "adopt"))
		ret = scsi_mpath_adopt(path);
	scsi_mpath_put_path(path);
	return ret ?: count;
}
static DEVICE_ATTR_RW(mpath_unit);

/* What it was when it was looked at last. */
static ssize_t mpath_left_alone_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	struct scsi_mpath_path *path = scsi_mpath_find_path(to_scsi_device(dev));
	ssize_t len;

	if (!path)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", READ_ONCE(path->left_alone) ?: "");
	scsi_mpath_put_path(path);
	return len;
}
static DEVICE_ATTR_RO(mpath_left_alone);

static const struct attribute * const unit_attrs[] = {
	&dev_attr_mpath_unit.attr,
	&dev_attr_mpath_left_alone.attr,
	NULL,
};

/**
 * scsi_mpath_add_unit_file() - let it be asked which unit a device leads to
 * @path: its path
 *
 * And why it leads to none, in a file beside it. Does nothing if they are there, or
 * the device goes. Who comes second waits until the first has made them.
 *
 * Context: process context.
 */
void scsi_mpath_add_unit_file(struct scsi_mpath_path *path)
{
	struct scsi_device *sdev = path->sdev;

	mutex_lock(&path->file_lock);
	if (!path->has_file && !path_is_going(path)) {
		if (sysfs_create_files(&sdev->sdev_gendev.kobj, unit_attrs))
			sdev_printk(KERN_WARNING, sdev,
				    "no file mpath_unit, udev will not know a path\n");
		else
			path->has_file = true;
	}
	mutex_unlock(&path->file_lock);
}

/**
 * scsi_mpath_remove_unit_file() - the device goes, or the module does
 * @path: its path, with the file or without
 *
 * Context: process context; waits for readers of the file.
 */
void scsi_mpath_remove_unit_file(struct scsi_mpath_path *path)
{
	mutex_lock(&path->file_lock);
	if (path->has_file)
		sysfs_remove_files(&path->sdev->sdev_gendev.kobj, unit_attrs);
	path->has_file = false;
	mutex_unlock(&path->file_lock);
}
