// SPDX-License-Identifier: GPL-2.0
/*
 * What is seen of it in sysfs: of a subsystem, of a path, of a head.
 */
#include "multipath.h"

static ssize_t iopolicy_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct nvme_subsystem *subsys =
		container_of(dev, struct nvme_subsystem, dev);

	return mpath_iopolicy_show(READ_ONCE(*nvme_iopolicy(subsys)), buf);
}

static ssize_t iopolicy_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t count)
{
	struct nvme_subsystem *subsys =
		container_of(dev, struct nvme_subsystem, dev);
	struct nvme_ns_head *head;
	int ret;

	mutex_lock(&subsys->lock);
	ret = mpath_set_iopolicy(buf, nvme_iopolicy(subsys));
	if (!ret)
		list_for_each_entry(head, &subsys->nsheads, entry)
			if (head->disk)
				mpath_clear_paths(nvme_mpath_head(head));
	mutex_unlock(&subsys->lock);
	if (ret)
		return ret;
	pr_notice("subsysnqn %s iopolicy changed to %.*s\n", subsys->subnqn,
		  (int)strcspn(buf, "\n"), buf);
	return count;
}

struct device_attribute subsys_attr_iopolicy = __ATTR_RW(iopolicy);

static ssize_t ana_grpid_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	return sysfs_emit(buf, "%u\n", nvme_get_ns_from_dev(dev)->ana_grpid);
}
DEVICE_ATTR_RO(ana_grpid);

static ssize_t ana_state_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	struct nvme_ns *ns = nvme_get_ns_from_dev(dev);

	return sysfs_emit(buf, "%s\n", nvme_ana_state_names[ns->ana_state]);
}
DEVICE_ATTR_RO(ana_state);

/* The next two are empty where the policy does not use what they tell. */
static ssize_t queue_depth_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct nvme_ns *ns = nvme_get_ns_from_dev(dev);

	if (READ_ONCE(*nvme_iopolicy(ns->head->subsys)) != MPATH_IOPOLICY_QD)
		return 0;
	return sysfs_emit(buf, "%d\n", atomic_read(&ns->ctrl->nr_active));
}
DEVICE_ATTR_RO(queue_depth);

static ssize_t numa_nodes_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct nvme_ns *ns = nvme_get_ns_from_dev(dev);
	struct mpath_device *mdev = &nvme_ns_to_path(ns)->mdev;

	if (!mdev->mpath_head ||
	    mpath_read_iopolicy(mdev->mpath_head) != MPATH_IOPOLICY_NUMA)
		return 0;
	return mpath_numa_nodes_show(mdev, buf);
}
DEVICE_ATTR_RO(numa_nodes);

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
DEVICE_ATTR_RW(delayed_removal_secs);

/* Counters that may be set, so that they can be started anew. */
static ssize_t nvme_counter_store(atomic_long_t *counter, const char *buf,
				  size_t count)
{
	unsigned long val;

	if (kstrtoul(buf, 0, &val))
		return -EINVAL;
	atomic_long_set(counter, val);
	return count;
}

static atomic_long_t *nvme_counter_multipath_failover_count(struct device *dev)
{
	return &nvme_ns_to_path(nvme_get_ns_from_dev(dev))->failovers;
}

static atomic_long_t *
nvme_counter_io_requeue_no_usable_path_count(struct device *dev)
{
	return &mpath_bd_device_to_head(dev)->requeue_no_usable_path_cnt;
}

static atomic_long_t *
nvme_counter_io_fail_no_available_path_count(struct device *dev)
{
	return &mpath_bd_device_to_head(dev)->fail_no_avail_path_cnt;
}

#define NVME_COUNTER_ATTR(name)						\
static ssize_t name##_show(struct device *dev,				\
			   struct device_attribute *attr, char *buf)	\
{									\
	return sysfs_emit(buf, "%lu\n",					\
			  atomic_long_read(nvme_counter_##name(dev)));	\
}									\
static ssize_t name##_store(struct device *dev,				\
			    struct device_attribute *attr,		\
			    const char *buf, size_t count)		\
{									\
	return nvme_counter_store(nvme_counter_##name(dev), buf, count);\
}									\
DEVICE_ATTR_RW(name)

NVME_COUNTER_ATTR(multipath_failover_count);
NVME_COUNTER_ATTR(io_requeue_no_usable_path_count);
NVME_COUNTER_ATTR(io_fail_no_available_path_count);
