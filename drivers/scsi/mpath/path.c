// SPDX-License-Identifier: GPL-2.0
/*
 * May a path get I/O, and how good is it? The answers the library asks for,
 * and the watch over what changes without a word.
 */
#include "scsi_mpath.h"

static bool scsi_mpath_is_disabled(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	return (READ_ONCE(path->flags) & PATH_UNUSABLE) ||
	       !path_is_running(path);
}

static bool scsi_mpath_is_optimized(struct mpath_device *mdev)
{
	return READ_ONCE(mdev->access_state) == MPATH_STATE_OPTIMIZED;
}

/*
 * A device that is offline, or on its way out, does not come back by itself.
 * Everything else may: blocked by its transport, in a standby port group, or
 * under suspicion.
 */
static bool scsi_mpath_available_path(struct mpath_device *mdev)
{
	struct scsi_mpath_path *path = to_path(mdev);

	if (READ_ONCE(path->flags) & (BIT(PATH_GONE) | BIT(PATH_RETIRING)))
		return false;
	if (READ_ONCE(path->alua_state) == ALUA_OFFLINE)
		return false;

	switch (READ_ONCE(path->sdev->sdev_state)) {
	case SDEV_RUNNING:
	case SDEV_QUIESCE:
	case SDEV_BLOCK:
	case SDEV_CREATED_BLOCK:
	case SDEV_TRANSPORT_OFFLINE:
		return true;
	default:
		return false;
	}
}

const struct mpath_head_template scsi_mpath_template = {
	.is_disabled	= scsi_mpath_is_disabled,
	.is_optimized	= scsi_mpath_is_optimized,
	.available_path	= scsi_mpath_available_path,
	.clone_bio	= scsi_mpath_clone_bio,
	.remove_head	= scsi_mpath_remove_head,
	.ioctl_check	= scsi_mpath_ioctl_check,
	.pr_per_path	= true,
};

/* As the library sees it, but for the access state. */
static bool is_usable(struct scsi_mpath_path *path)
{
	return !(READ_ONCE(path->mdev.flags) & MPATH_DEVICE_UNFIT) &&
	       !scsi_mpath_is_disabled(&path->mdev);
}

/* No path is in this state: a report has four bits for it. */
#define NO_STATE	0xff

/* The best state among the usable paths, NO_STATE if there are none. */
static u8 best_usable_state(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;
	u8 best = NO_STATE;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (alua_state_is_active(path->alua_state) &&
		    path->alua_state < best && is_usable(path))
			best = path->alua_state;
	return best;
}

static bool preferred_path_in(struct scsi_mpath_lu *lu, u8 state)
{
	struct scsi_mpath_path *path;

	list_for_each_entry(path, &lu->paths, lu_entry)
		if (path->alua_state == state && path->pref && is_usable(path))
			return true;
	return false;
}

/**
 * scsi_mpath_rank_paths() - tell the library how good each path is
 * @lu: the unit
 *
 * PREF (SPC-4 6.27) says where the target would like its I/O. It breaks
 * the tie among usable port groups of the best state: those without it come
 * second. It never makes a path unusable.
 *
 * Context: process context; the caller holds lu->lock.
 */
void scsi_mpath_rank_paths(struct scsi_mpath_lu *lu)
{
	u8 best = best_usable_state(lu);
	bool prefer = preferred_path_in(lu, best);
	enum mpath_access_state rank;
	struct scsi_mpath_path *path;
	bool changed = false;

	lockdep_assert_held(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!alua_state_is_active(path->alua_state))
			rank = MPATH_STATE_OTHER;
		else if (prefer ? path->alua_state == best && path->pref :
				  path->alua_state == ALUA_OPTIMIZED)
			rank = MPATH_STATE_OPTIMIZED;
		else
			rank = MPATH_STATE_NONOPTIMIZED;

		if (rank != path->mdev.access_state) {
			WRITE_ONCE(path->mdev.access_state, rank);
			changed = true;
		}
	}
	if (changed) {
		mpath_clear_paths(lu->head);
		mpath_path_changed(lu->head);
	}
}

/*
 * Nobody tells when a transport blocks or unblocks a device. Returns true if
 * the path needs to be looked at again soon.
 */
static bool watch_path(struct scsi_mpath_path *path)
{
	bool running = path_is_running(path);
	u8 access_state = READ_ONCE(path->sdev->access_state);

	if (running != path->was_running) {
		path->was_running = running;
		mpath_clear_current_path(&path->mdev);
		mpath_path_changed(path->lu->head);
		if (running) {
			scsi_mpath_alua_request(path->lu);
			scsi_mpath_probe_now(path);
		}
	}
	/* A device handler that is not ours has learned something. */
	if (access_state != path->seen_access_state) {
		path->seen_access_state = access_state;
		scsi_mpath_alua_request(path->lu);
	}
	return !running;
}

void scsi_mpath_watch_work(struct work_struct *work)
{
	struct scsi_mpath_lu *lu =
		container_of(work, struct scsi_mpath_lu, watch_work.work);
	struct scsi_mpath_path *path;
	bool soon = false;

	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry)
		if (watch_path(path))
			soon = true;
	scsi_mpath_revalidate(lu);
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);

	queue_delayed_work(scsi_mpath_wq, &lu->watch_work, soon ? HZ / 10 : HZ);
}
