/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How NVMe's objects and libmultipath's belong together. Included before
 * every file of nvme-core that has to do with paths.
 *
 * nvme.h is left as it is, so that the transports which were built with the
 * stock one fit this nvme-core as well. What a namespace has to know as a
 * path is therefore laid behind it, and what a head has to know is found
 * through its disk.
 *
 *	struct nvme_ns_head			struct mpath_head
 *		disk ------> struct gendisk ------> (private_data)
 *		     <--------------------------- drvdata
 */
#ifndef _NVME_MULTIPATH_H
#define _NVME_MULTIPATH_H

#include <linux/multipath.h>

/* nvme_disk_is_ns_head() looks for the operations of a head's disk. */
#define nvme_ns_head_ops	mpath_ops

#include "nvme.h"

/**
 * struct nvme_path - a namespace, as one controller has it
 * @ns: the namespace; first, as it is what is freed
 * @mdev: the path it is to its head; without mpath_head as long as it is none
 * @failovers: commands that failed here and went to another path
 */
struct nvme_path {
	struct nvme_ns		ns;
	struct mpath_device	mdev;
	atomic_long_t		failovers;
};

static inline struct nvme_path *nvme_ns_to_path(struct nvme_ns *ns)
{
	return container_of(ns, struct nvme_path, ns);
}

static inline struct nvme_ns *nvme_mdev_to_ns(struct mpath_device *mdev)
{
	return &container_of(mdev, struct nvme_path, mdev)->ns;
}

/* For a head that has a disk. */
static inline struct mpath_head *nvme_mpath_head(struct nvme_ns_head *head)
{
	return mpath_gendisk_to_head(head->disk);
}

static inline struct nvme_ns_head *nvme_disk_to_ns_head(struct gendisk *disk)
{
	return mpath_gendisk_to_head(disk)->drvdata;
}

/* The type of nvme.h is another one, for the same policies. */
static inline enum mpath_iopolicy_e *nvme_iopolicy(struct nvme_subsystem *subsys)
{
	static_assert((int)NVME_IOPOLICY_NUMA == (int)MPATH_IOPOLICY_NUMA);
	static_assert((int)NVME_IOPOLICY_RR == (int)MPATH_IOPOLICY_RR);
	static_assert((int)NVME_IOPOLICY_QD == (int)MPATH_IOPOLICY_QD);

	return (enum mpath_iopolicy_e *)&subsys->iopolicy;
}

/* multipath.c */
void nvme_mpath_set_live(struct nvme_ns *ns);

/* ana.c */
extern const char * const nvme_ana_state_names[];
void nvme_init_ana_state(struct nvme_ns *ns, __le32 anagrpid);
void nvme_set_ana_state(struct nvme_ns *ns, enum nvme_ana_state state);

/* multipath-sysfs.c: a kernel whose nvme.h does not know these shows none. */
extern struct device_attribute dev_attr_queue_depth;
extern struct device_attribute dev_attr_numa_nodes;
extern struct device_attribute dev_attr_delayed_removal_secs;
extern struct device_attribute dev_attr_multipath_failover_count;
extern struct device_attribute dev_attr_io_requeue_no_usable_path_count;
extern struct device_attribute dev_attr_io_fail_no_available_path_count;

/* What the rules of multipath.cocci make the rest of nvme-core call. */
void nvme_mpath_ctrl_changed(struct nvme_ctrl *ctrl);
void nvme_mpath_delete_path(struct nvme_ns *ns);
void nvme_mpath_check_capacity(struct nvme_ns_head *head);
void nvme_mpath_put_disk(struct nvme_ns_head *head);

/* What the newest call. */
int nvme_mpath_revalidate_zones(struct nvme_ns_head *head);

/* What they make it show. */
extern const struct class nvme_ns_chr_class;
int nvme_ns_uring_cmd(struct nvme_ns *ns, struct io_uring_cmd *ioucmd,
		      unsigned int issue_flags);

#endif /* _NVME_MULTIPATH_H */
