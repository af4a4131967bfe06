// SPDX-License-Identifier: GPL-2.0
/*
 * Asymmetric namespace access: the log page in which a controller tells the
 * state of each group of namespaces, and what each state means for a path.
 */
#include <linux/vmalloc.h>

#include "multipath.h"

const char * const nvme_ana_state_names[] = {
	[0]				= "invalid state",
	[NVME_ANA_OPTIMIZED]		= "optimized",
	[NVME_ANA_NONOPTIMIZED]		= "non-optimized",
	[NVME_ANA_INACCESSIBLE]		= "inaccessible",
	[NVME_ANA_PERSISTENT_LOSS]	= "persistent-loss",
	[NVME_ANA_CHANGE]		= "change",
};

static enum mpath_access_state nvme_access_state(enum nvme_ana_state state)
{
	switch (state) {
	case NVME_ANA_OPTIMIZED:
		return MPATH_STATE_OPTIMIZED;
	case NVME_ANA_NONOPTIMIZED:
		return MPATH_STATE_NONOPTIMIZED;
	default:
		return MPATH_STATE_OTHER;
	}
}

/*
 * The head gets its disk with the first path that can read it, and only while
 * the controller takes I/O: nvme_mpath_update() comes here again once it does.
 */
void nvme_set_ana_state(struct nvme_ns *ns, enum nvme_ana_state state)
{
	struct mpath_device *mdev = &nvme_ns_to_path(ns)->mdev;
	enum mpath_access_state access = nvme_access_state(state);

	ns->ana_state = state;
	WRITE_ONCE(mdev->access_state, access);
	clear_bit(NVME_NS_ANA_PENDING, &ns->flags);
	if (!ns->head->disk)
		return;

	if (access != MPATH_STATE_OTHER &&
	    nvme_ctrl_state(ns->ctrl) == NVME_CTRL_LIVE) {
		nvme_mpath_set_live(ns);
	} else {
		mpath_add_sysfs_link(nvme_mpath_head(ns->head));
		mpath_path_changed(nvme_mpath_head(ns->head));
	}
}

/*
 * The group descriptor at @offset of the log, which it moves to the next one;
 * NULL if what the controller has sent is none (NVM Express Base
 * Specification, Asymmetric Namespace Access log page).
 */
static struct nvme_ana_group_desc *nvme_next_ana_group(struct nvme_ctrl *ctrl,
						       size_t *offset)
{
	size_t left = ctrl->ana_log_size - *offset;
	struct nvme_ana_group_desc *desc;
	u32 grpid, nsids;

	desc = (void *)ctrl->ana_log_buf + *offset;
	if (left < sizeof(*desc))
		return NULL;
	grpid = le32_to_cpu(desc->grpid);
	nsids = le32_to_cpu(desc->nnsids);
	if (!grpid || grpid > ctrl->anagrpmax ||
	    !desc->state || desc->state > NVME_ANA_CHANGE ||
	    nsids > (left - sizeof(*desc)) / sizeof(desc->nsids[0]))
		return NULL;
	*offset += struct_size(desc, nsids, nsids);
	return desc;
}

/* Calls @fn for each group until it returns other than 0; returns that. */
static int nvme_call_for_ana_groups(struct nvme_ctrl *ctrl, void *data,
				    int (*fn)(struct nvme_ctrl *ctrl,
					      struct nvme_ana_group_desc *desc,
					      void *data))
{
	size_t offset = sizeof(struct nvme_ana_rsp_hdr);
	unsigned int ngrps = le16_to_cpu(ctrl->ana_log_buf->ngrps);
	struct nvme_ana_group_desc *desc;
	int ret = 0;

	lockdep_assert_held(&ctrl->ana_lock);
	while (ngrps-- && !ret) {
		desc = nvme_next_ana_group(ctrl, &offset);
		if (!desc) {
			dev_warn_ratelimited(ctrl->device,
					     "ANA log is malformed at byte %zu\n",
					     offset);
			return -EINVAL;
		}
		ret = fn(ctrl, desc, data);
	}
	return ret;
}

/* Both the group's namespace ids and our namespaces are in ascending order. */
static int nvme_update_ana_group(struct nvme_ctrl *ctrl,
				 struct nvme_ana_group_desc *desc, void *data)
{
	u32 n = 0, nsids = le32_to_cpu(desc->nnsids);
	unsigned int *changing = data;
	struct nvme_ns *ns;
	int srcu_idx;

	dev_dbg(ctrl->device, "ANA group %u: %s\n", le32_to_cpu(desc->grpid),
		nvme_ana_state_names[desc->state]);
	if (desc->state == NVME_ANA_CHANGE)
		(*changing)++;

	srcu_idx = srcu_read_lock(&ctrl->srcu);
	list_for_each_entry_srcu(ns, &ctrl->namespaces, list,
				 srcu_read_lock_held(&ctrl->srcu)) {
		while (n < nsids && le32_to_cpu(desc->nsids[n]) < ns->head->ns_id)
			n++;
		if (n == nsids)
			break;
		if (le32_to_cpu(desc->nsids[n]) != ns->head->ns_id)
			continue;
		ns->ana_grpid = le32_to_cpu(desc->grpid);
		nvme_set_ana_state(ns, desc->state);
	}
	srcu_read_unlock(&ctrl->srcu, srcu_idx);
	return 0;
}

/*
 * A group may stay in the change state for ANATT seconds. One timer does for
 * all groups, with twice the time, as the log is not read at once.
 */
static void nvme_watch_ana_change(struct nvme_ctrl *ctrl, unsigned int changing)
{
	if (changing)
		mod_timer(&ctrl->anatt_timer, jiffies + ctrl->anatt * HZ * 2);
	else
		timer_delete_sync(&ctrl->anatt_timer);
}

static int nvme_read_ana_log(struct nvme_ctrl *ctrl)
{
	unsigned int changing = 0;
	int ret;

	mutex_lock(&ctrl->ana_lock);
	ret = nvme_get_log(ctrl, NVME_NSID_ALL, NVME_LOG_ANA, 0, NVME_CSI_NVM,
			   ctrl->ana_log_buf, ctrl->ana_log_size, 0);
	if (ret)
		dev_warn(ctrl->device, "ANA log cannot be read (%d)\n", ret);
	else
		ret = nvme_call_for_ana_groups(ctrl, &changing,
					       nvme_update_ana_group);
	if (!ret)
		nvme_watch_ana_change(ctrl, changing);
	mutex_unlock(&ctrl->ana_lock);
	return ret;
}

static void nvme_ana_work(struct work_struct *work)
{
	struct nvme_ctrl *ctrl = container_of(work, struct nvme_ctrl, ana_work);

	if (nvme_ctrl_state(ctrl) == NVME_CTRL_LIVE)
		nvme_read_ana_log(ctrl);
}

static void nvme_anatt_timeout(struct timer_list *t)
{
	struct nvme_ctrl *ctrl = timer_container_of(ctrl, t, anatt_timer);

	dev_info(ctrl->device, "ANATT timeout, resetting controller.\n");
	nvme_reset_ctrl(ctrl);
}

/* The controller is live again: what the log said then holds from now on. */
void nvme_mpath_update(struct nvme_ctrl *ctrl)
{
	unsigned int changing = 0;

	if (!nvme_ctrl_use_ana(ctrl))
		return;
	mutex_lock(&ctrl->ana_lock);
	nvme_call_for_ana_groups(ctrl, &changing, nvme_update_ana_group);
	mutex_unlock(&ctrl->ana_lock);
}

static int nvme_find_ana_group(struct nvme_ctrl *ctrl,
			       struct nvme_ana_group_desc *desc, void *data)
{
	struct nvme_ana_group_desc *wanted = data;

	if (desc->grpid != wanted->grpid)
		return 0;
	wanted->state = desc->state;
	return 1;
}

void nvme_init_ana_state(struct nvme_ns *ns, __le32 anagrpid)
{
	struct nvme_ana_group_desc group = { .grpid = anagrpid };

	mutex_lock(&ns->ctrl->ana_lock);
	ns->ana_grpid = le32_to_cpu(anagrpid);
	nvme_call_for_ana_groups(ns->ctrl, &group, nvme_find_ana_group);
	mutex_unlock(&ns->ctrl->ana_lock);

	if (group.state) {
		nvme_set_ana_state(ns, group.state);
		return;
	}
	/* The group is younger than the log. */
	set_bit(NVME_NS_ANA_PENDING, &ns->flags);
	queue_work(nvme_wq, &ns->ctrl->ana_work);
}

void nvme_mpath_init_ctrl(struct nvme_ctrl *ctrl)
{
	mutex_init(&ctrl->ana_lock);
	timer_setup(&ctrl->anatt_timer, nvme_anatt_timeout, 0);
	INIT_WORK(&ctrl->ana_work, nvme_ana_work);
}

void nvme_mpath_stop(struct nvme_ctrl *ctrl)
{
	if (!nvme_ctrl_use_ana(ctrl))
		return;
	timer_delete_sync(&ctrl->anatt_timer);
	cancel_work_sync(&ctrl->ana_work);
}

void nvme_mpath_uninit(struct nvme_ctrl *ctrl)
{
	kvfree(ctrl->ana_log_buf);
	ctrl->ana_log_buf = NULL;
	ctrl->ana_log_size = 0;
}

/* A buffer for the largest log the controller says it may send. */
static int nvme_alloc_ana_log(struct nvme_ctrl *ctrl)
{
	size_t size = sizeof(struct nvme_ana_rsp_hdr) +
		      ctrl->nanagrpid * sizeof(struct nvme_ana_group_desc) +
		      ctrl->max_namespaces * sizeof(__le32);
	size_t mdts = (size_t)ctrl->max_hw_sectors << SECTOR_SHIFT;

	if (size > mdts) {
		dev_err(ctrl->device,
			"ANA log of %zu bytes cannot be read in one transfer of %zu, going on without ANA\n",
			size, mdts);
		nvme_mpath_uninit(ctrl);
		return 0;
	}
	if (size > ctrl->ana_log_size) {
		nvme_mpath_stop(ctrl);
		nvme_mpath_uninit(ctrl);
		ctrl->ana_log_buf = kvmalloc(size, GFP_KERNEL);
		if (!ctrl->ana_log_buf)
			return -ENOMEM;
	}
	ctrl->ana_log_size = size;
	return 0;
}

/* Also after each reset, when the controller may have become another one. */
int nvme_mpath_init_identify(struct nvme_ctrl *ctrl, struct nvme_id_ctrl *id)
{
	int ret;

	if (!multipath || !ctrl->subsys ||
	    !(ctrl->subsys->cmic & NVME_CTRL_CMIC_ANA))
		return 0;

	atomic_set(&ctrl->nr_active, 0);
	if (!ctrl->max_namespaces ||
	    ctrl->max_namespaces > le32_to_cpu(id->nn)) {
		dev_err(ctrl->device, "Invalid MNAN value %u\n",
			ctrl->max_namespaces);
		return -EINVAL;
	}
	ctrl->anacap = id->anacap;
	ctrl->anatt = id->anatt;
	ctrl->nanagrpid = le32_to_cpu(id->nanagrpid);
	ctrl->anagrpmax = le32_to_cpu(id->anagrpmax);

	ret = nvme_alloc_ana_log(ctrl);
	if (ret || !nvme_ctrl_use_ana(ctrl))
		return ret;
	ret = nvme_read_ana_log(ctrl);
	if (ret)
		nvme_mpath_uninit(ctrl);
	return ret;
}
