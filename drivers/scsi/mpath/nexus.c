// SPDX-License-Identifier: GPL-2.0
/*
 * I_T nexuses: the queue that paths to several units share, what is in doubt of
 * all of them at once, and the recovery timer of an iSCSI session.
 *
 * REPORTED LUNS DATA HAS CHANGED is a condition of the nexus (SPC-4 6.33): a
 * target may report it through any LUN, and has no need to do so through the one
 * that leads elsewhere now. So one report puts all paths through the nexus in
 * doubt, and each is asked for its unit, a few at a time. Most targets report it
 * through each LUN that is used, one after the other; therefore all are asked at
 * most once a second for the same reason, and once more after the last report of
 * a second.
 *
 * Other conditions, a reset for one, are those of each LUN, and are reported
 * through it before it does anything else. But LIO reports one condition and
 * forgets the others of that LUN. So all paths are asked then as well, while they
 * are in use: each would be out of use with every change of an access state else.
 *
 * While an iSCSI session is down, its commands wait recovery_tmo seconds in
 * blocked queues before they fail and can be sent elsewhere. That is right for
 * a disk with one path. Where every device of a session is a path of ours, the
 * wait serves nobody: the unit holds its I/O itself when it has no path. So it
 * is set to 0 there, and put back when a disk of the session is released.
 *
 * Where the session has a device that is not ours, that one keeps its time, and
 * the watch takes our paths out of it one by one.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <scsi/libiscsi.h>
#include <scsi/scsi_transport_iscsi.h>

#include "scsi_mpath.h"

/*
 * How many RTPGs may be under way through one target port. It has I/O to serve
 * as well, and an array answers those of one port one after the other.
 */
#define RTPG_SLOTS	4

/* And how many paths may be asked for their units. */
#define ASK_SLOTS	4

#define DOUBT_GAP	HZ

static LIST_HEAD(scsi_mpath_nexuses);	/* under scsi_mpath_lock */

static struct scsi_mpath_nexus *find_nexus(struct scsi_target *starget)
{
	struct scsi_mpath_nexus *nexus;

	lockdep_assert_held(&scsi_mpath_lock);
	list_for_each_entry(nexus, &scsi_mpath_nexuses, entry)
		if (nexus->starget == starget)
			return nexus;
	return NULL;
}

/*
 * The iSCSI session above a target, or NULL. The transport class is only asked
 * where it is loaded: hosts without iSCSI do not need it.
 */
static struct iscsi_cls_session *session_of(struct scsi_target *starget)
{
	struct device *parent = starget->dev.parent;
	int (*is_session)(const struct device *dev);
	bool found;

	is_session = symbol_get(iscsi_is_session_dev);
	if (!is_session)
		return NULL;
	found = is_session(parent);
	symbol_put(iscsi_is_session_dev);
	return found ? iscsi_dev_to_session(parent) : NULL;
}

/**
 * scsi_mpath_session_age() - what counts how often a device was logged in to anew
 * @sdev: the device
 *
 * Each iSCSI driver has libiscsi keep its sessions.
 *
 * Context: process context.
 * Return: the count, as long as the caller has the device; NULL if there is none.
 */
const int *scsi_mpath_session_age(struct scsi_device *sdev)
{
	struct iscsi_cls_session *session = session_of(scsi_target(sdev));
	struct iscsi_session *counts = session ? session->dd_data : NULL;

	return counts ? &counts->age : NULL;
}

/* A tape that loses a command has lost its place. What manages a target has not. */
static bool has_a_say(const struct scsi_device *sdev)
{
	switch (sdev->type) {
	case TYPE_RAID:
	case TYPE_ENCLOSURE:
	case TYPE_WLUN:
	case TYPE_NO_LUN:
		return false;
	default:
		return true;
	}
}

/* Those that go away do not count. */
static unsigned int count_devices(struct scsi_target *starget)
{
	struct scsi_device *sdev;
	unsigned int devices = 0;

	shost_for_each_device(sdev, dev_to_shost(starget->dev.parent))
		if (scsi_target(sdev) == starget && has_a_say(sdev))
			devices++;
	return devices;
}

static void take_recovery_tmo(struct scsi_mpath_nexus *nexus,
			      struct iscsi_cls_session *session)
{
	if (nexus->tmo_is_ours)
		return;
	nexus->saved_tmo = session->recovery_tmo;
	nexus->saved_override = session->recovery_tmo_sysfs_override;
	nexus->tmo_is_ours = true;
	/* As if written to sysfs: else iscsid sets it anew with each login. */
	session->recovery_tmo_sysfs_override = true;
	session->recovery_tmo = 0;
}

/* What an admin has written meanwhile is his, and stays. */
static void restore_recovery_tmo(struct scsi_mpath_nexus *nexus,
				 struct iscsi_cls_session *session)
{
	if (!nexus->tmo_is_ours)
		return;
	nexus->tmo_is_ours = false;
	if (session->recovery_tmo)
		return;
	session->recovery_tmo = nexus->saved_tmo;
	session->recovery_tmo_sysfs_override = nexus->saved_override;
}

static void update_recovery_tmo(struct scsi_mpath_nexus *nexus)
{
	struct iscsi_cls_session *session = session_of(nexus->starget);

	lockdep_assert_held(&scsi_mpath_lock);
	if (!session)
		return;
	if (nexus->users && nexus->users >= count_devices(nexus->starget))
		take_recovery_tmo(nexus, session);
	else
		restore_recovery_tmo(nexus, session);
}

static void start_asking(struct scsi_mpath_nexus *nexus)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&nexus->lock);
	while (nexus->asking < ASK_SLOTS && !list_empty(&nexus->waiting)) {
		path = list_first_entry(&nexus->waiting, struct scsi_mpath_path,
					ask_entry);
		list_del_init(&path->ask_entry);
		if (!test_and_set_bit(PATH_ASKING, &path->flags))
			nexus->asking++;
		mod_delayed_work(scsi_mpath_wq, &path->health.probe_work, 0);
	}
}

static void wait_to_be_asked(struct scsi_mpath_path *path)
{
	lockdep_assert_held(&path->nexus->lock);
	if (list_empty(&path->ask_entry))
		list_add_tail(&path->ask_entry, &path->nexus->waiting);
}

/*
 * Do for all paths but @except what there is reason for. The probe of a suspect one
 * will ask when it is time for it.
 */
static void ask_all(struct scsi_mpath_nexus *nexus,
		    const struct scsi_mpath_path *except,
		    enum scsi_mpath_again reason)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&nexus->lock);
	nexus->doubted = jiffies;
	nexus->done = reason;
	nexus->again = SCSI_MPATH_NOTHING;
	list_for_each_entry(path, &nexus->paths, nexus_entry) {
		if (path == except)
			continue;
		if (reason == SCSI_MPATH_DOUBT_ALL)
			scsi_mpath_note_doubt(path);
		else
			set_bit(PATH_DUE, &path->flags);
		if (!test_bit(PATH_SUSPECT, &path->flags))
			wait_to_be_asked(path);
	}
}

/* How long until all may be asked again, in jiffies */
static unsigned long next_doubt(const struct scsi_mpath_nexus *nexus)
{
	unsigned long due = nexus->doubted + DOUBT_GAP;

	return time_in_range(jiffies, nexus->doubted, due) ? due - jiffies : 0;
}

static void doubt_work(struct work_struct *work)
{
	struct scsi_mpath_nexus *nexus =
		container_of(work, struct scsi_mpath_nexus, doubt_work.work);
	struct scsi_mpath_path *path;

	spin_lock_irq(&nexus->lock);
	if (nexus->again && next_doubt(nexus))
		queue_delayed_work(scsi_mpath_wq, &nexus->doubt_work,
				   next_doubt(nexus));
	else if (nexus->again)
		ask_all(nexus, NULL, nexus->again);
	list_for_each_entry(path, &nexus->paths, nexus_entry) {
		if (!test_bit(PATH_UNSURE, &path->flags))
			continue;
		mpath_clear_current_path(&path->mdev);
		mpath_path_changed(path->lu->head);
	}
	start_asking(nexus);
	spin_unlock_irq(&nexus->lock);
}

/**
 * scsi_mpath_doubt_nexus() - the target said that LUNs may lead elsewhere
 * @path: the path through which it was said
 * @all: it was said of all LUNs
 *
 * The path itself comes into doubt each time; what has to be done about the
 * others, once a second, unless more has to be done than the last time.
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_doubt_nexus(struct scsi_mpath_path *path, bool all)
{
	enum scsi_mpath_again reason = all ? SCSI_MPATH_DOUBT_ALL :
					     SCSI_MPATH_ASK_ALL;
	struct scsi_mpath_nexus *nexus = path->nexus;
	unsigned long flags;

	scsi_mpath_doubt(path);
	spin_lock_irqsave(&nexus->lock, flags);
	if (next_doubt(nexus) && reason <= nexus->done)
		nexus->again = max(nexus->again, reason);
	else
		ask_all(nexus, path, reason);
	if (nexus->again)
		queue_delayed_work(scsi_mpath_wq, &nexus->doubt_work,
				   next_doubt(nexus));
	else
		mod_delayed_work(scsi_mpath_wq, &nexus->doubt_work, 0);
	spin_unlock_irqrestore(&nexus->lock, flags);
}

/**
 * scsi_mpath_ask_soon() - ask a path for its unit when the nexus has time
 * @path: a path in a unit
 *
 * Context: any; @path is in its unit, and stays so meanwhile.
 */
void scsi_mpath_ask_soon(struct scsi_mpath_path *path)
{
	unsigned long flags;

	spin_lock_irqsave(&path->nexus->lock, flags);
	wait_to_be_asked(path);
	start_asking(path->nexus);
	spin_unlock_irqrestore(&path->nexus->lock, flags);
}

static void stop_asking(struct scsi_mpath_path *path)
{
	lockdep_assert_held(&path->nexus->lock);
	if (test_and_clear_bit(PATH_ASKING, &path->flags))
		path->nexus->asking--;
	start_asking(path->nexus);
}

/**
 * scsi_mpath_end_ask() - a path has been asked, the next one may be
 * @path: the path
 *
 * Context: process context; only from the path's probe.
 */
void scsi_mpath_end_ask(struct scsi_mpath_path *path)
{
	if (!test_bit(PATH_ASKING, &path->flags))
		return;
	spin_lock_irq(&path->nexus->lock);
	stop_asking(path);
	spin_unlock_irq(&path->nexus->lock);
}

/**
 * scsi_mpath_enter_nexus() - what is in doubt of the nexus is of this path, too
 * @path: a path that has got into a unit
 *
 * Context: process context.
 */
void scsi_mpath_enter_nexus(struct scsi_mpath_path *path)
{
	spin_lock_irq(&path->nexus->lock);
	list_add_tail(&path->nexus_entry, &path->nexus->paths);
	spin_unlock_irq(&path->nexus->lock);
}

/**
 * scsi_mpath_exit_nexus() - and not any more
 * @path: a path that is about to leave its unit
 *
 * Context: process context. When it returns nothing here starts the path's probe.
 */
void scsi_mpath_exit_nexus(struct scsi_mpath_path *path)
{
	spin_lock_irq(&path->nexus->lock);
	list_del_init(&path->nexus_entry);
	list_del_init(&path->ask_entry);
	stop_asking(path);
	spin_unlock_irq(&path->nexus->lock);
}

/**
 * scsi_mpath_get_nexus() - the I_T nexus a disk that is claimed is reached by
 * @sdev: the device; kept until scsi_mpath_put_nexus()
 *
 * Context: process context; the caller holds scsi_mpath_lock.
 * Return: the nexus, or NULL if there is no memory.
 */
struct scsi_mpath_nexus *scsi_mpath_get_nexus(struct scsi_device *sdev)
{
	struct scsi_mpath_nexus *nexus = find_nexus(scsi_target(sdev));

	if (!nexus) {
		nexus = kzalloc_obj(*nexus);
		if (!nexus)
			return NULL;
		nexus->starget = scsi_target(sdev);
		kref_init(&nexus->ref);
		sema_init(&nexus->rtpg_slots, RTPG_SLOTS);
		spin_lock_init(&nexus->lock);
		INIT_LIST_HEAD(&nexus->paths);
		INIT_LIST_HEAD(&nexus->waiting);
		INIT_DELAYED_WORK(&nexus->doubt_work, doubt_work);
		nexus->doubted = jiffies - DOUBT_GAP - 1;
		list_add(&nexus->entry, &scsi_mpath_nexuses);
	}
	nexus->users++;
	update_recovery_tmo(nexus);
	return nexus;
}

static void free_nexus(struct kref *ref)
{
	kfree(container_of(ref, struct scsi_mpath_nexus, ref));
}

/**
 * scsi_mpath_release_nexus() - drop a reference that keeps the memory only
 * @nexus: the nexus; its target may be gone
 *
 * Context: any.
 */
void scsi_mpath_release_nexus(struct scsi_mpath_nexus *nexus)
{
	kref_put(&nexus->ref, free_nexus);
}

/**
 * scsi_mpath_put_nexus() - a disk that was claimed is released
 * @nexus: from scsi_mpath_get_nexus()
 *
 * Context: process context; the caller holds scsi_mpath_lock.
 */
void scsi_mpath_put_nexus(struct scsi_mpath_nexus *nexus)
{
	nexus->users--;
	update_recovery_tmo(nexus);
	if (nexus->users)
		return;
	list_del(&nexus->entry);
	cancel_delayed_work_sync(&nexus->doubt_work);
	scsi_mpath_release_nexus(nexus);
}

/**
 * scsi_mpath_not_claimed() - a device appeared and is left alone
 * @sdev: the device
 *
 * If others behind the same I_T nexus are claimed, it has a say in how long
 * the session waits.
 *
 * Context: process context; takes scsi_mpath_lock.
 */
void scsi_mpath_not_claimed(struct scsi_device *sdev)
{
	struct scsi_mpath_nexus *nexus;

	mutex_lock(&scsi_mpath_lock);
	nexus = find_nexus(scsi_target(sdev));
	if (nexus)
		update_recovery_tmo(nexus);
	mutex_unlock(&scsi_mpath_lock);
}

/**
 * scsi_mpath_unblock() - do not wait in the queue of a blocked device
 * @sdev: the device of a claimed path
 *
 * What recovery_tmo does to all devices of the session when it is over: what is
 * queued in the device fails, and goes elsewhere. The session finds the device
 * as it would then, and sets it running with the others:
 *
 *	here				session is back
 *	state_mutex, SDEV_BLOCK,
 *	session has failed
 *					session is logged in
 *					waits for state_mutex
 *	SDEV_TRANSPORT_OFFLINE
 *					SDEV_RUNNING
 *
 * A session blocks its devices again only after that. Other transports do not
 * promise it, and have timers of their own.
 *
 * Context: process context.
 */
void scsi_mpath_unblock(struct scsi_device *sdev)
{
	struct iscsi_cls_session *session;

	if (READ_ONCE(sdev->sdev_state) != SDEV_BLOCK)
		return;
	session = session_of(scsi_target(sdev));
	if (!session)
		return;
	mutex_lock(&sdev->state_mutex);
	if (sdev->sdev_state == SDEV_BLOCK &&
	    READ_ONCE(session->state) == ISCSI_SESSION_FAILED)
		scsi_internal_device_unblock_nowait(sdev,
						    SDEV_TRANSPORT_OFFLINE);
	mutex_unlock(&sdev->state_mutex);
}
