// SPDX-License-Identifier: GPL-2.0
/*
 * NVMe multipath: what libmultipath cannot know. Which namespaces get a head,
 * how their paths come and go, and what happens to a request on them.
 *
 * A namespace becomes a path in nvme_mpath_add_disk(), when its own disk is
 * there, and is none any more after nvme_mpath_delete_path(). Its bios go down
 * as they are, without a clone: del_gendisk() of its disk waits for them.
 *
 * A head lives as long as a namespace or its disk does. The disk's reference
 * is dropped by nvme_remove_head_disk(), which decides under the subsystem's
 * lock, with which namespaces are added, that none will come any more.
 */
#include <linux/backing-dev.h>
#include <linux/moduleparam.h>
/* For the CRC of nvme_mpath_start_request(), as the stock file has it. */
#include <linux/vmalloc.h>

#include "multipath.h"

bool multipath = true;
static bool multipath_always_on;
static enum mpath_iopolicy_e iopolicy = MPATH_IOPOLICY_NUMA;

/* Both parameters: the second means the first as well. */
static int nvme_param_set_multipath(const char *val,
				    const struct kernel_param *kp)
{
	int ret = param_set_bool(val, kp);

	if (ret || multipath || !multipath_always_on)
		return ret;
	multipath = true;
	if (kp->arg != &multipath)
		return 0;
	pr_err("nvme: multipath cannot be off with multipath_always_on\n");
	return -EINVAL;
}

static const struct kernel_param_ops nvme_multipath_param_ops = {
	.set = nvme_param_set_multipath,
	.get = param_get_bool,
};

module_param_cb(multipath, &nvme_multipath_param_ops, &multipath, 0444);
MODULE_PARM_DESC(multipath,
		 "one disk for all controllers that lead to a namespace (default Y)");
module_param_cb(multipath_always_on, &nvme_multipath_param_ops,
		&multipath_always_on, 0444);
MODULE_PARM_DESC(multipath_always_on,
		 "a multipath disk also where there is one controller only (default N); implies multipath");

static int nvme_param_set_iopolicy(const char *val,
				   const struct kernel_param *kp)
{
	return mpath_set_iopolicy(val, &iopolicy);
}

static int nvme_param_get_iopolicy(char *buf, const struct kernel_param *kp)
{
	return mpath_get_iopolicy(buf, iopolicy);
}

module_param_call(iopolicy, nvme_param_set_iopolicy, nvme_param_get_iopolicy,
		  NULL, 0644);
MODULE_PARM_DESC(iopolicy,
		 "policy of a new subsystem: numa (default), round-robin or queue-depth");

void nvme_mpath_default_iopolicy(struct nvme_subsystem *subsys)
{
	*nvme_iopolicy(subsys) = iopolicy;
}

/* Freezing: a command that changes the namespace is seen by no bio halfway. */

static void nvme_call_for_head_queues(struct nvme_subsystem *subsys,
				      void (*fn)(struct request_queue *q))
{
	struct nvme_ns_head *head;

	lockdep_assert_held(&subsys->lock);
	list_for_each_entry(head, &subsys->nsheads, entry)
		if (head->disk)
			fn(head->disk->queue);
}

void nvme_mpath_start_freeze(struct nvme_subsystem *subsys)
{
	nvme_call_for_head_queues(subsys, blk_freeze_queue_start);
}

void nvme_mpath_wait_freeze(struct nvme_subsystem *subsys)
{
	nvme_call_for_head_queues(subsys, blk_mq_freeze_queue_wait);
}

void nvme_mpath_unfreeze(struct nvme_subsystem *subsys)
{
	nvme_call_for_head_queues(subsys, blk_mq_unfreeze_queue_nomemrestore);
}

/* Requests: accounted on the head, and taken back when a path fails them. */

/*
 * The target says that its ANA state has changed. No I/O goes there before the
 * log has been read again.
 */
static void nvme_distrust_ana_state(struct nvme_ns *ns, u16 status)
{
	if (!nvme_is_ana_error(status) || !nvme_ctrl_use_ana(ns->ctrl))
		return;
	set_bit(NVME_NS_ANA_PENDING, &ns->flags);
	queue_work(nvme_wq, &ns->ctrl->ana_work);
}

/*
 * The block layer's own flush. The bios that wait for it are not its, but told
 * how it ends: this path has flushed nothing.
 */
static void nvme_end_lost_flush(struct request *req)
{
	nvme_mpath_end_request(req);
	blk_mq_end_request(req, BLK_STS_AGAIN);
}

/* What it carries leaves the request, which then ends. */
static void nvme_requeue_bios(struct request *req, struct gendisk *disk)
{
	struct bio_list bios = BIO_EMPTY_LIST;
	struct bio *bio;

	blk_steal_bios(&bios, req);
	while ((bio = bio_list_pop(&bios))) {
		bio_set_dev(bio, disk->part0);
		mpath_requeue_bio(mpath_gendisk_to_head(disk), bio);
	}
	nvme_req(req)->status = 0;
	nvme_end_req(req);
}

/* Called from completion. */
void nvme_failover_req(struct request *req)
{
	struct nvme_ns *ns = req->q->queuedata;
	struct nvme_path *path = nvme_ns_to_path(ns);
	struct gendisk *disk = ns->head->disk;

	atomic_long_inc(&path->failovers);
	mpath_clear_current_path(&path->mdev);
	nvme_distrust_ana_state(ns, nvme_req(req)->status & NVME_SCT_SC_MASK);
	mpath_path_changed(mpath_gendisk_to_head(disk));

	/* That ends the request, which is all that keeps the path and the disk. */
	if (req->bio)
		nvme_requeue_bios(req, disk);
	else
		nvme_end_lost_flush(req);
}

static bool nvme_accounts_request(struct request *rq, struct request_queue *q)
{
	if (!blk_queue_io_stat(q))
		return false;
	return !blk_rq_is_passthrough(rq) || blk_rq_passthrough_stats(rq, q);
}

/**
 * nvme_mpath_start_request() - count a request that goes to a controller
 * @rq: the request, of a namespace that has a head
 *
 * In the controller's active requests if the queue depth policy needs them, in
 * the head's statistics if its queue keeps some. A request that is sent again
 * has been counted already. Called by a transport as it starts @rq; both counts
 * end in nvme_mpath_end_request().
 *
 * Context: any.
 */
void nvme_mpath_start_request(struct request *rq)
{
	struct nvme_ns *ns = rq->q->queuedata;
	struct gendisk *disk = ns->head->disk;
	struct nvme_request *req = nvme_req(rq);

	if (!(req->flags & NVME_MPATH_CNT_ACTIVE) &&
	    mpath_qd_iopolicy(mpath_gendisk_to_head(disk))) {
		atomic_inc(&ns->ctrl->nr_active);
		req->flags |= NVME_MPATH_CNT_ACTIVE;
	}

	if ((req->flags & NVME_MPATH_IO_STATS) ||
	    !nvme_accounts_request(rq, disk->queue))
		return;
	req->flags |= NVME_MPATH_IO_STATS;
	req->start_time = bdev_start_io_acct(disk->part0, req_op(rq), jiffies);
}
EXPORT_SYMBOL_GPL(nvme_mpath_start_request);

void nvme_mpath_end_request(struct request *rq)
{
	struct nvme_ns *ns = rq->q->queuedata;
	struct nvme_request *req = nvme_req(rq);

	/* A reset of the controller has set the counter to 0 meanwhile. */
	if (req->flags & NVME_MPATH_CNT_ACTIVE)
		atomic_dec_if_positive(&ns->ctrl->nr_active);
	if (req->flags & NVME_MPATH_IO_STATS)
		bdev_end_io_acct(ns->head->disk->part0, req_op(rq),
				 blk_rq_bytes(rq) >> SECTOR_SHIFT,
				 req->start_time);
}

/* What the library asks of a path. */

static bool nvme_ns_is_ready(const struct nvme_ns *ns)
{
	const unsigned long ready = BIT(NVME_NS_READY);

	return (READ_ONCE(ns->flags) & (ready | BIT(NVME_NS_ANA_PENDING))) ==
	       ready;
}

/*
 * A controller that is being deleted still answers: what was sent to it before
 * shall not be thrown back for nothing.
 */
static bool nvme_path_is_disabled(struct mpath_device *mdev)
{
	struct nvme_ns *ns = nvme_mdev_to_ns(mdev);
	enum nvme_ctrl_state state = nvme_ctrl_state(ns->ctrl);

	if (state != NVME_CTRL_LIVE && state != NVME_CTRL_DELETING)
		return true;
	return !nvme_ns_is_ready(ns);
}

static bool nvme_path_is_optimized(struct mpath_device *mdev)
{
	struct nvme_ns *ns = nvme_mdev_to_ns(mdev);

	return READ_ONCE(mdev->access_state) == MPATH_STATE_OPTIMIZED &&
	       nvme_ctrl_state(ns->ctrl) == NVME_CTRL_LIVE &&
	       nvme_ns_is_ready(ns);
}

/* Not once fast_io_fail_tmo is over, nor when the controller is given up. */
static bool nvme_path_may_come_back(struct mpath_device *mdev)
{
	struct nvme_ctrl *ctrl = nvme_mdev_to_ns(mdev)->ctrl;

	if (test_bit(NVME_CTRL_FAILFAST_EXPIRED, &ctrl->flags))
		return false;
	switch (nvme_ctrl_state(ctrl)) {
	case NVME_CTRL_LIVE:
	case NVME_CTRL_RESETTING:
	case NVME_CTRL_CONNECTING:
		return true;
	default:
		return false;
	}
}

/*
 * An ioctl may delete the namespace it runs on, so it must not be waited for.
 * Its reference keeps the namespace, and with it the disk and the controller.
 */
static void nvme_path_ioctl_begin(struct mpath_device *mdev, unsigned int cmd,
				  void **data)
{
	struct nvme_ns *ns = nvme_mdev_to_ns(mdev);

	if (nvme_get_ns(ns))
		*data = ns;
}

static void nvme_path_ioctl_finish(void *data)
{
	nvme_put_ns(data);
}

static long nvme_path_cdev_ioctl(struct mpath_device *mdev, unsigned int cmd,
				 unsigned long arg, bool open_for_write)
{
	return nvme_ioctl(mdev->disk->part0, open_for_write ? BLK_OPEN_WRITE : 0,
			  cmd, arg);
}

static int nvme_path_uring_cmd(struct mpath_device *mdev,
			       struct io_uring_cmd *ioucmd,
			       unsigned int issue_flags)
{
	return nvme_ns_uring_cmd(nvme_mdev_to_ns(mdev), ioucmd, issue_flags);
}

static int nvme_head_add_cdev(struct mpath_head *mhead)
{
	struct nvme_ns_head *head = mhead->drvdata;
	char name[32];

	snprintf(name, sizeof(name), "ng%dn%d", head->subsys->instance,
		 head->instance);
	return mpath_cdev_add(mhead, &nvme_ns_chr_class, name);
}

/* The disk of a head. */

/* A delayed removal asks once more when its time is over: not @may_wait. */
static void nvme_remove_head_disk(struct nvme_ns_head *head, bool may_wait)
{
	struct mpath_head *mhead = nvme_mpath_head(head);
	bool remove;

	mutex_lock(&head->subsys->lock);
	remove = list_empty(&head->list) && !list_empty(&head->entry) &&
		 (!may_wait || mpath_can_remove_head(mhead));
	if (remove)
		list_del_init(&head->entry);
	mutex_unlock(&head->subsys->lock);
	if (!remove)
		return;

	mpath_remove_disk(mhead);
	nvme_put_ns_head(head);
}

void nvme_mpath_remove_disk(struct nvme_ns_head *head)
{
	if (head->disk)
		nvme_remove_head_disk(head, true);
}

static void nvme_head_remove(struct mpath_head *mhead)
{
	nvme_remove_head_disk(mhead->drvdata, false);
}

static const struct mpath_head_template nvme_mpath_template = {
	.is_disabled = nvme_path_is_disabled,
	.is_optimized = nvme_path_is_optimized,
	.available_path = nvme_path_may_come_back,
	.remove_head = nvme_head_remove,
	.add_cdev = nvme_head_add_cdev,
	.del_cdev = mpath_cdev_del,
	.cdev_ioctl = nvme_path_cdev_ioctl,
	.chr_uring_cmd = nvme_path_uring_cmd,
	.chr_uring_cmd_iopoll = nvme_ns_chr_uring_cmd_iopoll,
	.ioctl_begin = nvme_path_ioctl_begin,
	.ioctl_finish = nvme_path_ioctl_finish,
};

/*
 * Sharing may change when the namespaces are scanned again, so private ones
 * get a head as well, if their number is not another one's too.
 */
static bool nvme_wants_head_disk(struct nvme_ctrl *ctrl,
				 struct nvme_ns_head *head)
{
	if (!multipath_always_on &&
	    (!multipath || !(ctrl->subsys->cmic & NVME_CTRL_CMIC_MULTI_CTRL)))
		return false;
	return nvme_is_unique_nsid(ctrl, head);
}

/* nvme_update_ns_info() makes them what the namespace can do. */
static void nvme_init_head_limits(struct nvme_ns_head *head,
				  struct queue_limits *lim)
{
	blk_set_stacking_limits(lim);
	lim->dma_alignment = 3;
	lim->features |= BLK_FEAT_IO_STAT | BLK_FEAT_NOWAIT | BLK_FEAT_POLL |
			 BLK_FEAT_ATOMIC_WRITES | BLK_FEAT_PCI_P2PDMA;
	if (head->ids.csi == NVME_CSI_ZNS)
		lim->features |= BLK_FEAT_ZONED;
	else
		lim->max_zone_append_sectors = 0;
}

int nvme_mpath_alloc_disk(struct nvme_ctrl *ctrl, struct nvme_ns_head *head)
{
	struct queue_limits lim;
	struct mpath_head *mhead;
	int ret;

	if (!nvme_wants_head_disk(ctrl, head))
		return 0;

	mhead = mpath_alloc_head();
	if (IS_ERR(mhead))
		return PTR_ERR(mhead);
	mhead->mpdt = &nvme_mpath_template;
	mhead->iopolicy = nvme_iopolicy(head->subsys);
	mhead->parent = &head->subsys->dev;
	mhead->disk_groups = nvme_ns_attr_groups;
	mhead->drv_module = THIS_MODULE;
	mhead->drvdata = head;
	mhead->no_path_timeout = -1;

	nvme_init_head_limits(head, &lim);
	ret = mpath_alloc_head_disk(mhead, &lim, ctrl->numa_node);
	if (ret) {
		mpath_put_head(mhead);
		return ret;
	}
	head->disk = mhead->disk;
	sprintf(head->disk->disk_name, "nvme%dn%d", ctrl->subsys->instance,
		head->instance);
	/* Dropped by nvme_remove_head_disk(). */
	kref_get(&head->ref);
	return 0;
}

/* The last reference on the head is gone. */
void nvme_mpath_put_disk(struct nvme_ns_head *head)
{
	struct mpath_head *mhead;

	if (!head->disk)
		return;
	mhead = nvme_mpath_head(head);
	mpath_put_disk(mhead);
	mpath_put_head(mhead);
}

/* The head has a new capacity: a path without it waits for its own rescan. */
static void nvme_path_not_ready(struct mpath_device *mdev)
{
	clear_bit(NVME_NS_READY, &nvme_mdev_to_ns(mdev)->flags);
}

void nvme_mpath_check_capacity(struct nvme_ns_head *head)
{
	mpath_revalidate_paths(nvme_mpath_head(head), nvme_path_not_ready);
}

/*
 * What the block layer knows of the zones of a head, from the report of a path.
 * Before the head is live there is none to ask.
 */
int nvme_mpath_revalidate_zones(struct nvme_ns_head *head)
{
	struct gendisk *disk = head->disk;
	int ret;

	if (!disk || !blk_queue_is_zoned(disk->queue) ||
	    !test_bit(GD_ADDED, &disk->state))
		return 0;
	ret = blk_revalidate_disk_zones(disk);
	if (ret)
		dev_warn_ratelimited(disk_to_dev(disk),
				     "the zones cannot be read (%d)\n", ret);
	return ret;
}

/* Paths: they come, they change, they go. */

void nvme_mpath_set_live(struct nvme_ns *ns)
{
	struct mpath_device *mdev = &nvme_ns_to_path(ns)->mdev;
	int ret;

	/* The ANA log may speak of it before it is a path. */
	if (!mdev->mpath_head)
		return;
	ret = mpath_device_set_live(mdev);
	if (ret && ret != -ENODEV)
		dev_err(ns->ctrl->device, "no disk for namespace %u (%d)\n",
			ns->head->ns_id, ret);
	if (!disk_nr_zones(ns->head->disk))
		nvme_mpath_revalidate_zones(ns->head);
}

void nvme_mpath_delete_path(struct nvme_ns *ns)
{
	struct mpath_device *mdev = &nvme_ns_to_path(ns)->mdev;

	if (mdev->mpath_head)
		mpath_delete_device(mdev);
}

static void nvme_call_for_paths(struct nvme_ctrl *ctrl,
				void (*fn)(struct mpath_device *mdev))
{
	struct nvme_ns *ns;
	int srcu_idx;

	srcu_idx = srcu_read_lock(&ctrl->srcu);
	list_for_each_entry_srcu(ns, &ctrl->namespaces, list,
				 srcu_read_lock_held(&ctrl->srcu))
		if (nvme_ns_to_path(ns)->mdev.mpath_head)
			fn(&nvme_ns_to_path(ns)->mdev);
	srcu_read_unlock(&ctrl->srcu, srcu_idx);
}

static void nvme_path_changed(struct mpath_device *mdev)
{
	mpath_path_changed(mdev->mpath_head);
}

void nvme_mpath_ctrl_changed(struct nvme_ctrl *ctrl)
{
	nvme_call_for_paths(ctrl, nvme_path_changed);
}

static void nvme_kick_path(struct mpath_device *mdev)
{
	struct nvme_ns *ns = nvme_mdev_to_ns(mdev);

	mpath_path_changed(mdev->mpath_head);
	if (nvme_ctrl_state(ns->ctrl) == NVME_CTRL_LIVE &&
	    test_bit(GD_ADDED, &ns->head->disk->state))
		disk_uevent(ns->head->disk, KOBJ_CHANGE);
}

void nvme_kick_requeue_lists(struct nvme_ctrl *ctrl)
{
	nvme_call_for_paths(ctrl, nvme_kick_path);
}

static void nvme_forget_path(struct mpath_device *mdev)
{
	mpath_clear_current_path(mdev);
	mpath_path_changed(mdev->mpath_head);
}

void nvme_mpath_clear_ctrl_paths(struct nvme_ctrl *ctrl)
{
	nvme_call_for_paths(ctrl, nvme_forget_path);
}

void nvme_mpath_add_disk(struct nvme_ns *ns, __le32 anagrpid)
{
	struct mpath_device *mdev = &nvme_ns_to_path(ns)->mdev;
	struct nvme_ctrl *ctrl = ns->ctrl;
	struct gendisk *disk = ns->head->disk;

	mdev->access_state = MPATH_STATE_OTHER;
	if (disk && mpath_add_device(mpath_gendisk_to_head(disk), mdev, ns->disk,
				     ctrl->numa_node, &ctrl->nr_active)) {
		dev_err(ctrl->device, "no memory for a path to namespace %u\n",
			ns->head->ns_id);
		return;
	}
	if (nvme_ctrl_use_ana(ctrl))
		nvme_init_ana_state(ns, anagrpid);
	else
		nvme_set_ana_state(ns, NVME_ANA_OPTIMIZED);
}
