/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scsi_mpath: joins the SCSI disks that lead to one logical unit.
 *
 * Objects and who holds them:
 *
 *   path	one SCSI disk. Made when the SCSI core shows the device, gone
 *		when it takes it away. Most of the time it is claimed, that is,
 *		opened exclusively and part of a logical unit.
 *   lu		one logical unit: exists while it has a claimed path.
 *   nexus	one I_T nexus (a SCSI target as seen by one host): what paths
 *		to several units share. Exists while it has a claimed path.
 *
 * Locks, outer to inner: scsi_mpath_lock, scsi_mpath_lu.rtpg_lock,
 * scsi_mpath_lu.lock, the head's lock. scsi_mpath_path.lock is a leaf.
 *
 * Paragraphs of SPC-4 and SAM-4 in comments are those of revisions 17 and 14.
 */
#ifndef _SCSI_MPATH_H
#define _SCSI_MPATH_H

#include <linux/multipath.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

#include "alua.h"
#include "scsi_dh_mpath.h"

#define SCSI_MPATH_ID_LEN	256

/* The unit's disk and 15 partitions; more have the block layer's numbers. */
#define SCSI_MPATH_MINORS	16

/**
 * struct scsi_mpath_nexus - what all paths through one I_T nexus share
 * @entry: in the list of nexuses, under scsi_mpath_lock
 * @starget: the target; pinned by the SCSI devices of the claimed paths
 * @users: claimed paths through it, under scsi_mpath_lock
 * @nr_active: commands in flight, counted while the policy is queue-depth
 * @tmo_is_ours: recovery_tmo of the iSCSI session has been set to 0 by us;
 *	under scsi_mpath_lock
 * @saved_tmo: what it was before
 * @saved_override: whether an admin had set it before
 */
struct scsi_mpath_nexus {
	struct list_head	entry;
	struct scsi_target	*starget;
	unsigned int		users;
	atomic_t		nr_active;
	bool			tmo_is_ours;
	bool			saved_override;
	int			saved_tmo;
};

/**
 * struct scsi_mpath_lu - one logical unit
 * @head: the library's head
 * @entry: in the list of units, under scsi_mpath_lock
 * @id: the designator from VPD page 0x83 that names the unit
 * @index: for the name of the disk
 * @iopolicy: what head->iopolicy points to
 * @bios: clones, with struct scsi_mpath_io in front
 * @lock: protects @paths and what the ALUA engine writes
 * @paths: the claimed paths
 * @nr_paths: how many paths use the unit, those that leave included; written
 *	under scsi_mpath_lock, read locklessly
 * @rtpg_lock: one REPORT TARGET PORT GROUPS at a time
 * @rtpg_round: counts them; under @rtpg_lock
 * @rtpg_plain: the unit refused the extended header; under @rtpg_lock
 * @alua_work: asks for the states of the target port groups
 * @watch_work: notices what nobody tells: a device blocked, running again, or
 *	of another size
 */
struct scsi_mpath_lu {
	struct mpath_head	*head;
	struct list_head	entry;
	char			id[SCSI_MPATH_ID_LEN];
	int			index;
	enum mpath_iopolicy_e	iopolicy;
	struct bio_set		bios;

	struct mutex		lock;	/* protects paths, ALUA */
	struct list_head	paths;
	unsigned int		nr_paths;

	struct mutex		rtpg_lock;	/* one RTPG at a time */
	unsigned int		rtpg_round;
	bool			rtpg_plain;
	struct delayed_work	alua_work;
	struct delayed_work	watch_work;
};

/* Bits of scsi_mpath_path.flags; those of PATH_UNUSABLE keep I/O away. */
enum {
	PATH_BOUND,	/* sd has made its disk */
	PATH_GONE,	/* the SCSI core takes the device away */
	PATH_RETIRING,	/* it is being taken out of its unit */
	PATH_SUSPECT,	/* it failed I/O and has to pass a probe */
	PATH_TRIAL,	/* it passed a probe, but no I/O has succeeded yet */
	PATH_LINKED,	/* holder and slave links exist */
};

#define PATH_UNUSABLE	(BIT(PATH_GONE) | BIT(PATH_RETIRING) | \
			 BIT(PATH_SUSPECT))

/**
 * struct scsi_mpath_path - one SCSI disk
 * @mdev: the library's path
 * @sdev: the SCSI device; a reference is held while the path exists
 * @flags: PATH_*
 * @lu: the unit while claimed
 * @alua_state: of its target port group; written under lu->lock and by
 *	scsi_mpath_sense()
 * @pref: its target port group is the preferred one; under lu->lock
 * @tpg: id of its target port group, or -1
 * @transition_end: in jiffies: from then on transitioning counts as standby;
 *	0 while not transitioning; under lu->lock
 * @was_running: what the watch saw last; under lu->lock
 * @seen_access_state: what a device handler that is not ours said last; under
 *	lu->lock
 * @rtpg_round: the last round that asked this path, or told of its group;
 *	under lu->rtpg_lock
 * @nexus: the I_T nexus while claimed
 * @errors: bios that failed for a reason that is the path's
 * @failovers: those of them that were given to another try
 * @probe_work: asks a suspect path whether it works again
 * @probe_delay: until the next probe, in seconds; only @probe_work uses it
 * @strikes: how often the path passed its probe and then failed its first I/O
 * @lock: protects @has_group
 * @has_group: the sysfs group exists
 * @bdev_file: the claimed disk
 * @watcher: what sees the sense data of the device
 * @watched: it does: no other device handler was in the way
 * @work: claims or retires the path
 * @hide_work: takes the partitions of the claimed disk away
 * @hide_tries: how often it found one of them open
 * @entry: in the list of all paths, under scsi_mpath_paths_lock
 * @lu_entry: in lu->paths
 * @ref: one for the list of all paths, one for @work while it is queued or
 *	runs, one for each user outside of the locks
 */
struct scsi_mpath_path {
	struct mpath_device	mdev;
	struct scsi_device	*sdev;
	unsigned long		flags;
	struct scsi_mpath_lu	*lu;
	u8			alua_state;
	bool			pref;
	int			tpg;
	unsigned long		transition_end;
	bool			was_running;
	u8			seen_access_state;
	unsigned int		rtpg_round;
	struct scsi_mpath_nexus	*nexus;
	atomic_long_t		errors;
	atomic_long_t		failovers;
	struct delayed_work	probe_work;
	unsigned int		probe_delay;
	unsigned int		strikes;
	struct mutex		lock;	/* protects has_group */
	bool			has_group;
	struct file		*bdev_file;
	struct scsi_dh_mpath_watcher watcher;
	bool			watched;
	struct work_struct	work;
	struct delayed_work	hide_work;
	unsigned int		hide_tries;
	struct list_head	entry;
	struct list_head	lu_entry;
	struct kref		ref;
};

static inline struct scsi_mpath_path *to_path(struct mpath_device *mdev)
{
	return container_of(mdev, struct scsi_mpath_path, mdev);
}

static inline const char *path_name(const struct scsi_mpath_path *path)
{
	return path->mdev.disk->disk_name;
}

static inline bool path_is_running(const struct scsi_mpath_path *path)
{
	return READ_ONCE(path->sdev->sdev_state) == SDEV_RUNNING &&
	       !scsi_host_in_recovery(path->sdev->host);
}

/* main.c: */
extern struct mutex scsi_mpath_lock;
extern struct workqueue_struct *scsi_mpath_wq;
extern int scsi_mpath_major;
void scsi_mpath_put_path(struct scsi_mpath_path *path);

/* params.c: */
enum scsi_mpath_mode { SCSI_MPATH_OFF, SCSI_MPATH_ON, SCSI_MPATH_ALWAYS };
extern enum scsi_mpath_mode scsi_mpath_mode;
extern enum mpath_iopolicy_e scsi_mpath_iopolicy;
extern int scsi_mpath_no_path_timeout;
extern unsigned int scsi_mpath_poll_secs;
bool scsi_mpath_is_excluded(const char *id, struct scsi_device *sdev);

/* identity.c: */
const char *scsi_mpath_refusal(struct scsi_device *sdev, char *id, size_t len);

/* adopt.c: from a SCSI disk to a path of a unit, and back */
bool scsi_mpath_claim(struct scsi_mpath_path *path);
void scsi_mpath_retire(struct scsi_mpath_path *path);
void scsi_mpath_hide_work(struct work_struct *work);

/* lu.c: */
struct scsi_mpath_lu *scsi_mpath_join_lu(struct scsi_mpath_path *path,
					 const char *id);
void scsi_mpath_revalidate(struct scsi_mpath_lu *lu);
void scsi_mpath_remove_head(struct mpath_head *head);
void scsi_mpath_leave_lu(struct scsi_mpath_path *path);

/* path.c: may a path get I/O? */
extern const struct mpath_head_template scsi_mpath_template;
void scsi_mpath_rank_paths(struct scsi_mpath_lu *lu);
void scsi_mpath_watch_work(struct work_struct *work);

/* io.c: */
int scsi_mpath_init_bios(struct bio_set *bios);
struct bio *scsi_mpath_clone_bio(struct mpath_device *mdev, struct bio *bio);

/* passthrough.c: */
int scsi_mpath_ioctl_check(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg);

/* command.c: */
int scsi_mpath_command(struct scsi_device *sdev, const u8 *cdb, void *buf,
		       unsigned int len, unsigned int *got,
		       struct scsi_sense_hdr *sshdr);

/* health.c: */
void scsi_mpath_suspect(struct scsi_mpath_path *path, blk_status_t status);
void scsi_mpath_probe_work(struct work_struct *work);
void scsi_mpath_probe_now(struct scsi_mpath_path *path);

/* alua.c: */
extern const char * const scsi_mpath_alua_names[];
void scsi_mpath_alua_refresh(struct scsi_mpath_lu *lu);
void scsi_mpath_alua_request(struct scsi_mpath_lu *lu);
void scsi_mpath_alua_work(struct work_struct *work);
void scsi_mpath_sense(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr);

/* nexus.c: */
struct scsi_mpath_nexus *scsi_mpath_get_nexus(struct scsi_device *sdev);
void scsi_mpath_put_nexus(struct scsi_mpath_nexus *nexus);
void scsi_mpath_not_claimed(struct scsi_device *sdev);

/* sysfs.c: */
extern const struct attribute_group *scsi_mpath_disk_groups[];
void scsi_mpath_add_group(struct scsi_mpath_path *path);
void scsi_mpath_remove_group(struct scsi_mpath_path *path);

#endif /* _SCSI_MPATH_H */
