/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of libmultipath know of each other. The order is that of a
 * bio's way: submit asks a policy for a path; state says what happens when
 * there is none.
 */
#ifndef _MPATH_INTERNAL_H
#define _MPATH_INTERNAL_H

#include <linux/multipath.h>

extern struct workqueue_struct *mpath_wq;
extern struct workqueue_struct *mpath_scan_wq;
extern struct workqueue_struct *mpath_send_wq;
extern struct workqueue_struct *mpath_pr_wq;
extern struct workqueue_struct *mpath_remove_wq;

/* removal.c */
void mpath_cancel_removal(struct mpath_head *head);
void mpath_arm_removal(struct mpath_head *head);
bool mpath_removal_is_due(struct mpath_head *head);
void mpath_disk_closed(struct mpath_head *head);
void mpath_remove_work(struct work_struct *work);

/* path.c */
struct mpath_device *mpath_find_live_path(struct mpath_head *head);
struct mpath_device *mpath_get_path(struct mpath_head *head);
struct mpath_device **mpath_get_all_paths(struct mpath_head *head,
					  unsigned int *nr);
void mpath_put_all_paths(struct mpath_device **paths, unsigned int nr);

/* Flushes of the head would be answered by the queue of this path. */
static inline bool mpath_lacks_cache(struct gendisk *head_disk, struct gendisk *disk)
{
	return blk_queue_write_cache(head_disk->queue) &&
	       !blk_queue_write_cache(disk->queue);
}

/* submit.c */
void mpath_bdev_submit_bio(struct bio *bio);
void mpath_requeue_work(struct work_struct *work);
void mpath_retry_work(struct work_struct *work);
void mpath_send_work(struct work_struct *work);

/* flush.c */
int mpath_init_flushes(struct mpath_head *head);
struct bio *mpath_clone_flush(struct mpath_head *head, struct bio *bio);
bool mpath_fail_flush(struct bio *bio);

/* policy.c, policy-numa.c, policy-rr.c, policy-qd.c */

/**
 * struct mpath_rr_cursor - where one CPU's round stands
 * @last: the path this CPU used last; compared, never followed, so it may
 *	point to a path that is gone
 */
struct mpath_rr_cursor {
	const struct mpath_device *last;
};

struct mpath_device *mpath_numa_path(struct mpath_head *head);
struct mpath_device *mpath_rr_path(struct mpath_head *head);
struct mpath_device *mpath_qd_path(struct mpath_head *head);

/*
 * The path the next bio of @head takes, or NULL. A table of functions would
 * cost an indirect call for each bio.
 */
static inline struct mpath_device *mpath_find_path(struct mpath_head *head)
{
	switch (mpath_read_iopolicy(head)) {
	case MPATH_IOPOLICY_RR:
		return mpath_rr_path(head);
	case MPATH_IOPOLICY_QD:
		return mpath_qd_path(head);
	default:
		return mpath_numa_path(head);
	}
}

/* ioctl.c */
int mpath_wait_for_path(struct mpath_head *head);
struct mpath_device *mpath_await_path(struct mpath_head *head);
struct mpath_device *mpath_ioctl_begin(struct mpath_head *head,
				       unsigned int cmd, unsigned long arg,
				       void **data);
void mpath_ioctl_finish(struct mpath_head *head, struct mpath_device *mdev,
			void *data);
int mpath_bdev_ioctl(struct block_device *bdev, blk_mode_t mode,
		     unsigned int cmd, unsigned long arg);
int mpath_bdev_compat_ioctl(struct block_device *bdev, blk_mode_t mode,
			    unsigned int cmd, unsigned long arg);
int mpath_bdev_getgeo(struct gendisk *disk, struct hd_geometry *geo);
int mpath_bdev_get_unique_id(struct gendisk *disk, u8 id[16],
			     enum blk_unique_id type);

/* cdev.c */
int mpath_cdev_init(void);
void mpath_cdev_exit(void);

/* pr.c */
void mpath_pr_work(struct work_struct *work);

/* sysfs.c */
void mpath_unlink_path(struct mpath_device *mdev);

/* zoned.c */
int mpath_bdev_report_zones(struct gendisk *disk, sector_t sector,
			    unsigned int nr_zones,
			    struct blk_report_zones_args *args);

/* state.c */
extern const char * const mpath_head_state_names[];
bool mpath_may_hold(struct mpath_head *head);
bool mpath_head_is_usable(struct mpath_head *head);
void mpath_restart_hold(struct mpath_head *head);
void mpath_state_work(struct work_struct *work);
void mpath_no_path_work(struct work_struct *work);

static inline bool mpath_state_is_usable(enum mpath_head_state state)
{
	return state == MPATH_HEAD_ONLINE || state == MPATH_HEAD_DEGRADED;
}

/* May @mdev get I/O now? The one rule that selection and state share. */
static inline bool mpath_path_is_usable(const struct mpath_head *head,
					struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) != MPATH_STATE_OTHER &&
	       !(READ_ONCE(mdev->flags) & MPATH_DEVICE_UNFIT) &&
	       !head->mpdt->is_disabled(mdev);
}

#endif /* _MPATH_INTERNAL_H */
