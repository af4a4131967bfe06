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

/* submit.c */
void mpath_bdev_submit_bio(struct bio *bio);
void mpath_requeue_work(struct work_struct *work);

/* policy.c, policy-numa.c, policy-rr.c, policy-qd.c */

/**
 * struct mpath_rr_cursor - where one CPU's round stands
 * @last: the path this CPU used last; compared, never followed, so it may
 *	point to a path that is gone
 */
struct mpath_rr_cursor {
	const struct mpath_device *last;
};

struct mpath_device *mpath_find_path(struct mpath_head *head);
struct mpath_device *mpath_numa_path(struct mpath_head *head);
struct mpath_device *mpath_rr_path(struct mpath_head *head);
struct mpath_device *mpath_qd_path(struct mpath_head *head);
const char *mpath_iopolicy_name(enum mpath_iopolicy_e iopolicy);

/* state.c */
extern const char * const mpath_head_state_names[];
bool mpath_may_hold(struct mpath_head *head);
void mpath_state_work(struct work_struct *work);
void mpath_no_path_work(struct work_struct *work);

/* May @mdev get I/O now? The one rule that selection and state share. */
static inline bool mpath_path_is_usable(const struct mpath_head *head,
					struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) != MPATH_STATE_OTHER &&
	       !head->mpdt->is_disabled(mdev);
}

#endif /* _MPATH_INTERNAL_H */
