/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scsi_mpath: joins the SCSI disks that lead to one logical unit.
 *
 * Objects and who holds them:
 *
 *   path	one SCSI disk. Made when the SCSI core shows the device, gone
 *		when it takes it away. Most of the time it is claimed, that is,
 *		opened exclusively and part of a logical unit.
 *   lu		one logical unit: exists while it has a claimed path, and for
 *		some time after if it is in use.
 *   nexus	one I_T nexus (a SCSI target as seen by one host): what paths
 *		to several units share. Exists while it has a claimed path.
 *
 * Locks, outer to inner: scsi_mpath_lock, scsi_mpath_lu.rtpg_lock,
 * scsi_mpath_lu.lock, the head's lock. scsi_mpath_path.admin_lock is outside
 * of scsi_mpath_lu.lock, scsi_mpath_path.lock is a leaf, and so is
 * scsi_mpath_nexus.lock, which is taken in interrupts.
 *
 * Paragraphs of SPC-4 and SAM-4 in comments are those of revisions 17 and 14.
 */
#ifndef _SCSI_MPATH_H
#define _SCSI_MPATH_H

#include <linux/multipath.h>
#include <linux/ratelimit.h>
#include <linux/semaphore.h>
#include <scsi/scsi_common.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

#include "alua.h"
#include "designator.h"
#include "scsi_dh_mpath.h"

#define SCSI_MPATH_ID_LEN	256

/* How often paths are looked after whose sense data another handler takes. */
#define SCSI_MPATH_UNWATCHED_SECS	5u

/* The unit's disk and 15 partitions; more have the block layer's numbers. */
#define SCSI_MPATH_MINORS	16

/* What is to be done about all paths through an I_T nexus; the more comes last. */
enum scsi_mpath_again {
	SCSI_MPATH_NOTHING,
	SCSI_MPATH_ASK_ALL,	/* while they are in use */
	SCSI_MPATH_DOUBT_ALL,	/* before they are used again */
};

/**
 * struct scsi_mpath_nexus - what all paths through one I_T nexus share
 * @entry: in the list of nexuses, under scsi_mpath_lock
 * @starget: the target; pinned by the SCSI devices of the claimed paths
 * @users: claimed paths through it, under scsi_mpath_lock
 * @ref: keeps the memory: one for @users, one for each RTPG
 * @rtpg_slots: how many more RTPGs may be sent through it now
 * @rtpgs: how many are sent or wait for a slot
 * @nr_active: commands in flight, counted while the policy is queue-depth
 * @lock: protects what follows, up to @again; a leaf
 * @paths: the paths through it that are in a unit
 * @waiting: those of them that are to be asked for their unit
 * @asking: how many are being asked
 * @doubted: when there was reason to ask all of them last, in jiffies
 * @done: which reason that was
 * @again: there was another one since
 * @doubt_work: does what follows from that outside of interrupts
 * @tmo_is_ours: recovery_tmo of the iSCSI session has been set to 0 by us;
 *	under scsi_mpath_lock
 * @saved_tmo: what it was before
 * @saved_override: whether an admin had set it before
 */
struct scsi_mpath_nexus {
	struct list_head	entry;
	struct scsi_target	*starget;
	unsigned int		users;
	struct kref		ref;
	struct semaphore	rtpg_slots;
	atomic_t		rtpgs;
	atomic_t		nr_active;
	spinlock_t		lock;	/* protects the doubts */
	struct list_head	paths;
	struct list_head	waiting;
	unsigned int		asking;
	unsigned long		doubted;
	enum scsi_mpath_again	done;
	enum scsi_mpath_again	again;
	struct delayed_work	doubt_work;
	bool			tmo_is_ours;
	bool			saved_override;
	int			saved_tmo;
};

#define SCSI_MPATH_FAILBACK_MANUAL	(-1)
#define SCSI_MPATH_FAILBACK_MAX		(24 * 60 * 60)

/**
 * struct scsi_mpath_activation - explicit ALUA, as far as this host drives it
 * @enabled: it may; a setting
 * @failback: for how many seconds the group from which the unit was moved must
 *	have been reachable before it is moved back, or
 *	%SCSI_MPATH_FAILBACK_MANUAL; a setting
 * @moved: @group has been activated in place of @home, and still is
 * @group: the target port group that was activated last, or -1
 * @home: the one that was active before, or -1
 * @home_since: since when @home has been reachable, in jiffies; 0 if it is not
 * @start: when the unit got its last path before it was served
 * @was_served: a group has taken I/O since then
 * @lost_since: since when none has been known to, in jiffies; 0 while one does
 * @last: when @group was activated
 * @gap: how long after @last none is, if it was taken away; in jiffies
 * @due: when to look again, in jiffies; 0 if time changes nothing
 */
struct scsi_mpath_activation {
	bool		enabled;
	int		failback;
	bool		moved;
	int		group;
	int		home;
	unsigned long	home_since;
	unsigned long	start;
	bool		was_served;
	unsigned long	lost_since;
	unsigned long	last;
	unsigned long	gap;
	unsigned long	due;
};

/**
 * struct scsi_mpath_lu - one logical unit
 * @head: the library's head
 * @entry: in the list of units, under scsi_mpath_lock
 * @id: the designator from VPD page 0x83 that names the unit
 * @names: all that its page had when the unit was found
 * @lun: the number of a LUN that leads there, as far as is known; under @lock
 * @has_twin: its target calls another LUN the same; under @lock
 * @accuser: the disk that was last to be found beside another LUN's; under @lock
 * @index: for the name of the disk
 * @iopolicy: what head->iopolicy points to
 * @bios: clones, with struct scsi_mpath_io in front
 * @lock: protects @paths and what the ALUA engine writes
 * @paths: the claimed paths
 * @nr_paths: how many paths use the unit, those that leave included; written
 *	under scsi_mpath_lock, read locklessly
 * @lost_path: since one was found to lead to the unit last, one has left that had not
 *	said that it does not
 * @gives_way: its paths leave because a disk of it is in use as it is; under
 *	scsi_mpath_lock
 * @rtpg_lock: one round of REPORT TARGET PORT GROUPS at a time
 * @rtpg_round: counts the rounds in which paths are asked; written under
 *	@rtpg_lock and @lock, read under either
 * @rtpg_start: when the last round began, in jiffies
 * @rtpg_plain: the unit refused the extended header; never cleared
 * @transition_secs: how long a transition may take, as the last report says;
 *	0 if it does not say
 * @unsettled_since: in jiffies, 0 while it is known of every path what it is;
 *	only @alua_work uses it
 * @activation: what has been done to the target port groups by this host;
 *	under @rtpg_lock but for its settings
 * @alua_work: asks for the states of the target port groups
 * @watch_work: notices what nobody tells: a device blocked, running again, or
 *	of another size
 * @limits_refused: the block layer did not take the limits of the paths, as
 *	the log says; under @lock
 * @served: what the watch saw last: a path takes the unit's I/O; under @lock
 */
struct scsi_mpath_lu {
	struct mpath_head	*head;
	struct list_head	entry;
	char			id[SCSI_MPATH_ID_LEN];
	struct designator_set	names;
	u64			lun;
	bool			has_twin;
	char			accuser[DISK_NAME_LEN];
	int			index;
	enum mpath_iopolicy_e	iopolicy;
	struct bio_set		bios;

	struct mutex		lock;	/* protects paths, ALUA */
	struct list_head	paths;
	unsigned int		nr_paths;
	bool			lost_path;
	bool			gives_way;

	struct mutex		rtpg_lock;	/* one round at a time */
	unsigned int		rtpg_round;
	unsigned long		rtpg_start;
	bool			rtpg_plain;
	u8			transition_secs;
	unsigned long		unsettled_since;
	struct scsi_mpath_activation activation;
	struct delayed_work	alua_work;
	struct delayed_work	watch_work;
	bool			limits_refused;
	bool			served;
};

/* Bits of scsi_mpath_path.flags; those of PATH_UNUSABLE keep I/O away. */
enum {
	PATH_BOUND,	/* sd has made its disk */
	PATH_GONE,	/* the SCSI core takes the device away */
	PATH_RELEASED,	/* an admin wants it to be no path */
	PATH_RETIRING,	/* it is being taken out of its unit */
	PATH_JOINING,	/* the state of its target port group is not known yet */
	PATH_SUSPECT,	/* it failed I/O and has to pass a probe */
	PATH_BLAMED,	/* I/O has failed on it since its last probe began */
	PATH_UNSURE,	/* it may lead to another unit by now */
	PATH_STRAY,	/* it did when it was asked last; PATH_UNSURE is set */
	PATH_ABSENT,	/* it led to no unit then; PATH_UNSURE is set */
	PATH_PROBATION,	/* it passed a probe, but not for the first time */
	PATH_STANDBY,	/* an admin wants it kept in reserve */
	PATH_OUT,	/* an admin wants it not to be used */
	PATH_LINKED,	/* holder and slave links exist */
	PATH_ASKED,	/* an RTPG is under way through it */
	PATH_DUE,	/* its unit is to be asked for, without a doubt */
	PATH_ASKING,	/* nexus->asking counts it */
	PATH_GIVEN_UP,	/* SCSI's error handling has set its device offline */
	PATH_RESCAN,	/* what is known of the disk is old: read it before a claim */
	PATH_REREAD,	/* sd has news of it, and since then nobody has asked for its unit */
	PATH_ACCUSED,	/* another LUN calls itself its unit, so it is asked: PATH_UNSURE is set */
	PATH_NAMELESS,	/* its page named nothing when it was asked last; PATH_UNSURE is set */
};

#define PATH_UNUSABLE	(BIT(PATH_GONE) | BIT(PATH_RETIRING) | \
			 BIT(PATH_JOINING) | BIT(PATH_SUSPECT) | \
			 BIT(PATH_UNSURE) | BIT(PATH_OUT))

/* Used when no other path is. */
#define PATH_RESERVE	(BIT(PATH_PROBATION) | BIT(PATH_STANDBY))

/* Why a path is suspect. */
enum scsi_mpath_cause {
	SCSI_MPATH_TRANSPORT,	/* the transport, or the host adapter */
	SCSI_MPATH_TIMEOUT,	/* no answer within SCSI's time */
	SCSI_MPATH_SENSE,	/* the target said so */
	SCSI_MPATH_OVERDUE,	/* no answer, while other paths give some */
};

#define SCSI_MPATH_REASON_LEN	32

/**
 * struct scsi_mpath_health - what is held against a path
 * @cause: why it was suspect last
 * @blamed_sense: the sense data then: key, ASC, ASCQ, a byte each
 * @sense: the last sense data that came through the path
 * @sense_time: when it came, in jiffies
 * @errors: bios that failed for a reason that is the path's, by cause
 * @port_errors: bios that met a target port that takes none
 * @failovers: those of both that were given to another try
 * @probes: how often it was asked whether it works again
 * @probe_work: asks a suspect path
 * @probe_delay: until the next probe, in seconds
 * @probation: how long it is in reserve after its last return, in seconds
 * @trusted: when that ends, in jiffies; 0 before the first return
 * @done: I/O requests that the watch saw ended; under lu->lock
 * @nsecs: how long all of them took; likewise
 * @pace: how long the last of them took, on average, in ns; likewise
 * @done_time: when it saw the last one end, in jiffies; likewise
 * @silent_since: when it saw that, or that there was none, in jiffies; likewise
 * @busy_time: when it saw the path have commands last, in jiffies; written under
 *	lu->lock
 * @requests: how many commands it had seen sent; likewise
 * @question: what the watch has sent to a path that is silent, or NULL; likewise
 * @asked: when it did so, in jiffies; 0 if it has not; likewise
 * @timeouts: time-outs of the device that the watch has seen; likewise
 * @timeout_time: when it saw the last one, or its error handling under way, in
 *	jiffies; 0 if it has seen none; likewise
 */
struct scsi_mpath_health {
	enum scsi_mpath_cause	cause;
	u32			blamed_sense;
	u32			sense;
	unsigned long		sense_time;
	atomic_long_t		errors[SCSI_MPATH_SENSE + 1];
	atomic_long_t		port_errors;
	atomic_long_t		failovers;
	atomic_long_t		probes;
	struct delayed_work	probe_work;
	unsigned int		probe_delay;
	unsigned int		probation;
	unsigned long		trusted;
	u64			done;
	u64			nsecs;
	u64			pace;
	unsigned long		done_time;
	unsigned long		silent_since;
	unsigned long		busy_time;
	int			requests;
	struct scsi_mpath_command *question;
	unsigned long		asked;
	int			timeouts;
	unsigned long		timeout_time;
};

/**
 * struct scsi_mpath_hearsay - what is said of a path's target port group
 * @id: of the group
 * @state: enum alua_state
 * @pref: it is the preferred one
 */
struct scsi_mpath_hearsay {
	u16	id;
	u8	state;
	bool	pref;
};

/**
 * struct scsi_mpath_rescan - when the disk of a path was, and will be, asked again
 * @work: asks it; holds a reference on the path while it is queued or runs
 * @done: it has answered since it was a path like the others, or was away;
 *	set by @work, else under lu->lock
 * @no_cache: it has said since then that it has no write cache; so
 * @size: what sd knew of the disk at the last look, in sectors; under lu->lock
 * @ro: whether it was write protected then; so
 * @features: those of its queue then; so
 * @delay: until it is asked once more, in seconds; under lu->lock
 * @due: when that is, in jiffies; under lu->lock
 */
struct scsi_mpath_rescan {
	struct work_struct	work;
	bool			done;
	bool			no_cache;
	sector_t		size;
	bool			ro;
	blk_features_t		features;
	unsigned int		delay;
	unsigned long		due;
};

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
 * @rel_port: relative identifier of its target port, or -1
 * @target: which target device that is of, for comparison; 0 if it is not known
 * @transition_end: in jiffies: from then on transitioning counts as standby;
 *	0 while not transitioning; under lu->lock
 * @barred_until: in jiffies: when the target may be told again through it to
 *	activate its group; 0 if it has not refused or failed; under lu->lock
 * @was_running: what the watch saw last; under lu->lock
 * @seen_access_state: what a device handler that is not ours said last; under
 *	lu->lock
 * @asked: the last round that asked this path, under lu->rtpg_lock
 * @told: the last round that told of its group, or in which it told itself;
 *	under lu->lock
 * @mute: it gave no report when it was asked last
 * @heard: what a report of another target has told of its group
 * @heard_round: in which round; under lu->lock, as are those before and after it
 * @hearsay: that is all that is known of its state
 * @contradicted: in how many rounds in a row it has told otherwise of itself
 * @state_log: bounds the lines in the log that its changes make
 * @attentions: unit attention conditions seen on it
 * @attended: those that were there when it had been asked for a report
 * @doubts: how often there was reason to ask which unit it leads to
 * @unsure_since: when the doubt came that keeps I/O away now, in jiffies
 * @proven: when it said last that it leads to its unit, in jiffies
 * @session_age: counts the logins of its iSCSI session; NULL if it has none
 * @proven_age: the count when it was asked for that answer
 * @known: when it said so last, or when it was given I/O since; written without a lock
 * @nexus: the I_T nexus while claimed
 * @nexus_entry: in nexus->paths, under nexus->lock
 * @ask_entry: in nexus->waiting, likewise
 * @health: whether it is trusted
 * @rescan: whether its disk is to be asked again
 * @admin_lock: one admin at a time takes it into service or out of it
 * @lock: protects @has_group
 * @has_group: the sysfs group exists
 * @file_lock: protects @has_file
 * @has_file: the device's file mpath_unit exists
 * @bdev_file: the claimed disk
 * @watcher: what sees the sense data of the device
 * @watched: it does: no other device handler was in the way
 * @work: claims or retires the path; while the disk is left alone for a reason that
 *	may pass, it waits to look again
 * @left_alone: why the disk is no path, or NULL; written by @work and for an admin
 * @left_for_now: that may pass; only @work uses it
 * @look_secs: until the next look, in seconds; only @work uses it
 * @moved: when it was last sent to another unit, in jiffies; 0 if never
 * @hide_work: takes the partitions of the claimed disk away
 * @hide_tries: how often it found one of them open
 * @entry: in the list of all paths, under scsi_mpath_paths_lock
 * @lu_entry: in lu->paths
 * @ref: one for the list of all paths, one for @work while it waits, is queued
 *	or runs, one for each user outside of the locks
 */
struct scsi_mpath_path {
	struct mpath_device	mdev;
	struct scsi_device	*sdev;
	unsigned long		flags;
	struct scsi_mpath_lu	*lu;
	u8			alua_state;
	bool			pref;
	int			tpg;
	int			rel_port;
	u64			target;
	unsigned long		transition_end;
	unsigned long		barred_until;
	bool			was_running;
	u8			seen_access_state;
	unsigned int		asked;
	unsigned int		told;
	bool			mute;
	struct scsi_mpath_hearsay heard;
	unsigned int		heard_round;
	bool			hearsay;
	u8			contradicted;
	struct ratelimit_state	state_log;
	atomic_t		attentions;
	int			attended;
	atomic_t		doubts;
	unsigned long		unsure_since;
	unsigned long		proven;
	const int		*session_age;
	int			proven_age;
	unsigned long		known;
	struct scsi_mpath_nexus	*nexus;
	struct list_head	nexus_entry;
	struct list_head	ask_entry;
	struct scsi_mpath_health health;
	struct scsi_mpath_rescan rescan;
	struct mutex		admin_lock;	/* one change at a time */
	struct mutex		lock;	/* protects has_group */
	bool			has_group;
	struct mutex		file_lock;	/* protects has_file */
	bool			has_file;
	struct file		*bdev_file;
	struct scsi_dh_mpath_watcher watcher;
	bool			watched;
	struct delayed_work	work;
	const char		*left_alone;
	bool			left_for_now;
	unsigned int		look_secs;
	unsigned long		moved;
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

/* The SCSI core says so before it takes a device away, whatever the reason. */
static inline bool path_is_going(const struct scsi_mpath_path *path)
{
	switch (READ_ONCE(path->sdev->sdev_state)) {
	case SDEV_CANCEL:
	case SDEV_DEL:
		return true;
	default:
		return false;
	}
}

/* main.c: */
extern struct mutex scsi_mpath_lock;
extern struct workqueue_struct *scsi_mpath_wq;
extern int scsi_mpath_major;
void scsi_mpath_put_path(struct scsi_mpath_path *path);
void scsi_mpath_queue_path(struct scsi_mpath_path *path);
void scsi_mpath_queue_path_later(struct scsi_mpath_path *path,
				 unsigned long delay);
struct scsi_mpath_path *scsi_mpath_alloc_path(struct scsi_device *sdev);
void scsi_mpath_settle(struct scsi_mpath_path *path);
void scsi_mpath_decide(struct scsi_mpath_path *path);

/* bus.c: */
struct scsi_mpath_path *scsi_mpath_find_path(struct scsi_device *sdev);
int scsi_mpath_follow_bus(void);
typedef int scsi_mpath_device_fn(struct device *dev, void *data);
int scsi_mpath_walk_bus(scsi_mpath_device_fn *fn, void *data);
void scsi_mpath_leave_bus(void);
void scsi_mpath_find_left_alone(const struct designator_set *names);

/* params.c: */
enum scsi_mpath_mode { SCSI_MPATH_OFF, SCSI_MPATH_ON, SCSI_MPATH_ALWAYS };
extern enum scsi_mpath_mode scsi_mpath_mode;
extern enum mpath_iopolicy_e scsi_mpath_iopolicy;
extern int scsi_mpath_no_path_timeout;
extern unsigned int scsi_mpath_poll_secs;
extern int scsi_mpath_failback;
int scsi_mpath_parse_failback(const char *text, int *secs);
int scsi_mpath_print_failback(char *buf, int secs);
bool scsi_mpath_is_excluded(const char *id, struct scsi_device *sdev);

/* identity.c: which unit does a disk lead to? */

/* I/O waits for a path's answer so long, beside what no_path_timeout gives it. */
#define SCSI_MPATH_ASK_TIME	(10 * HZ)

/* And for so long if others are to be asked before. */
#define SCSI_MPATH_QUEUE_TIME	(60 * HZ)

const char *scsi_mpath_refusal(struct scsi_device *sdev, char *id, size_t len);
void scsi_mpath_read_port(struct scsi_mpath_path *path);
void scsi_mpath_read_names(struct scsi_device *sdev, struct designator_set *names);
bool scsi_mpath_note_doubt(struct scsi_mpath_path *path);
void scsi_mpath_doubt(struct scsi_mpath_path *path);
bool scsi_mpath_is_asked_for(const struct scsi_mpath_path *path,
			     unsigned long time);
bool scsi_mpath_is_asked_for_unit(const struct scsi_mpath_path *path);
bool scsi_mpath_leads_to_unit(struct scsi_mpath_path *path);
void scsi_mpath_reread(struct scsi_mpath_path *path);
void scsi_mpath_send_off(struct scsi_mpath_path *path);
bool scsi_mpath_page_is_old(struct scsi_device *sdev);
bool scsi_mpath_lacks_names(struct scsi_device *sdev);
bool scsi_mpath_may_carry(struct scsi_mpath_path *path, unsigned long now);
bool scsi_mpath_may_ioctl(struct scsi_mpath_path *path);
bool scsi_mpath_speaks_for_unit(struct scsi_mpath_lu *lu,
				struct scsi_mpath_path *path);
void scsi_mpath_ask_due(struct scsi_mpath_lu *lu);
void scsi_mpath_forget(struct scsi_mpath_path *path);

/* adopt.c: from a SCSI disk to a path of a unit, and back */
extern const struct blk_holder_ops scsi_mpath_holder_ops;
const char *scsi_mpath_disk_name(struct scsi_mpath_path *path, char *name);
bool scsi_mpath_claim(struct scsi_mpath_path *path);
void scsi_mpath_retire(struct scsi_mpath_path *path);
void scsi_mpath_hide_work(struct work_struct *work);

/* left_alone.c: why, and until when */
bool scsi_mpath_leave_alone(struct scsi_mpath_path *path, const char *why,
			    bool for_now);
void scsi_mpath_look_again(struct scsi_mpath_path *path);
void scsi_mpath_taken(struct scsi_mpath_path *path);
bool scsi_mpath_twin_in_use(struct scsi_mpath_path *path);
bool scsi_mpath_says_size(struct scsi_mpath_path *path);

/* lu.c: */
bool scsi_mpath_find_unit(struct scsi_device *sdev, char *name);
void scsi_mpath_give_way(struct scsi_device *sdev, const char *user);
struct scsi_mpath_lu *scsi_mpath_join_lu(struct scsi_mpath_path *path,
					 const char *id, bool fresh);
bool scsi_mpath_is_sure(struct scsi_mpath_path *path);
void scsi_mpath_revalidate(struct scsi_mpath_lu *lu);
void scsi_mpath_remove_head(struct mpath_head *head);
void scsi_mpath_leave_lu(struct scsi_mpath_path *path);

/* path.c: may a path get I/O? */
extern const struct mpath_head_template scsi_mpath_template;
bool scsi_mpath_is_usable(struct scsi_mpath_path *path);
bool scsi_mpath_takes_io(struct scsi_mpath_path *path);
void scsi_mpath_rank_paths(struct scsi_mpath_lu *lu);
void scsi_mpath_watch_work(struct work_struct *work);

/* rescan.c: what the disk of a path says may be old */
int scsi_mpath_init_rescan(void);
void scsi_mpath_exit_rescan(void);
void scsi_mpath_rescan_work(struct work_struct *work);
void scsi_mpath_note_disk(struct scsi_mpath_path *path);
void scsi_mpath_forget_rescan(struct scsi_mpath_path *path);
void scsi_mpath_rescan_smaller(struct scsi_mpath_lu *lu, sector_t size);
void scsi_mpath_rescan(struct scsi_mpath_path *path);
void scsi_mpath_cancel_rescan(struct scsi_mpath_path *path);
void scsi_mpath_weigh_answers(struct scsi_mpath_lu *lu);
void scsi_mpath_rescan_unlike(struct scsi_mpath_lu *lu);

/* io.c: */
int scsi_mpath_init_bios(struct bio_set *bios);
struct bio *scsi_mpath_clone_bio(struct mpath_device *mdev, struct bio *bio);
void scsi_mpath_end_io(struct bio *clone);

/* passthrough.c: */
bool scsi_mpath_may_reserve(struct mpath_device *mdev);
int scsi_mpath_ioctl_check(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg);
bool scsi_mpath_ioctl_again(struct mpath_device *mdev, unsigned int cmd,
			    unsigned long arg);

/* command.c: */

/*
 * How long anybody waits for an answer; the command has more time. A silent
 * connection is found out by its transport sooner than this.
 */
#define SCSI_MPATH_COMMAND_TIMEOUT	(10 * HZ)

/**
 * struct scsi_mpath_answer - what a command of ours brought beside its result
 * @len: how many bytes came
 * @attentions: how many unit attention conditions it was sent again for
 * @sshdr: the sense data, valid or not
 */
struct scsi_mpath_answer {
	unsigned int		len;
	unsigned int		attentions;
	struct scsi_sense_hdr	sshdr;
};

int scsi_mpath_read(struct scsi_device *sdev, const u8 *cdb, void *buf,
		    unsigned int len, struct scsi_mpath_answer *answer);
int scsi_mpath_write(struct scsi_device *sdev, const u8 *cdb, void *buf,
		     unsigned int len, int timeout,
		     struct scsi_mpath_answer *answer);
bool scsi_mpath_is_refused(int result, const struct scsi_mpath_answer *answer);
struct scsi_mpath_command *scsi_mpath_ask(struct scsi_device *sdev);
bool scsi_mpath_answers(struct scsi_device *sdev);
bool scsi_mpath_is_answered(struct scsi_mpath_command *cmd);
void scsi_mpath_forget_command(struct scsi_mpath_command *cmd);
void scsi_mpath_await_commands(void);

/* health.c: is it trusted? */
void scsi_mpath_init_health(struct scsi_mpath_path *path);
void scsi_mpath_reset_health(struct scsi_mpath_path *path);
void scsi_mpath_blame(struct scsi_mpath_path *path, enum scsi_mpath_cause cause,
		      u32 sense);
bool scsi_mpath_passed_lately(const struct scsi_mpath_path *path);
void scsi_mpath_suspect(struct scsi_mpath_path *path,
			enum scsi_mpath_cause cause);
void scsi_mpath_print_cause(const struct scsi_mpath_path *path, char *buf,
			    size_t len);
void scsi_mpath_probe_work(struct work_struct *work);
void scsi_mpath_probe_now(struct scsi_mpath_path *path);
void scsi_mpath_find_overdue(struct scsi_mpath_lu *lu);
void scsi_mpath_forget_question(struct scsi_mpath_path *path);
void scsi_mpath_watch_offline(struct scsi_mpath_path *path);
void scsi_mpath_watch_served(struct scsi_mpath_lu *lu);
void scsi_mpath_end_probation(struct scsi_mpath_path *path);

/* admin.c: what an admin wants of it */
enum scsi_mpath_admin {
	SCSI_MPATH_IN_SERVICE,
	SCSI_MPATH_STANDBY,
	SCSI_MPATH_OUT_OF_SERVICE,
};

extern const char * const scsi_mpath_admin_names[];
enum scsi_mpath_admin scsi_mpath_get_admin(const struct scsi_mpath_path *path);
int scsi_mpath_set_admin(struct scsi_mpath_path *path,
			 enum scsi_mpath_admin admin);
int scsi_mpath_release(struct scsi_mpath_path *path);
int scsi_mpath_adopt(struct scsi_mpath_path *path);

/* alua.c: what the states are */
extern const char * const scsi_mpath_alua_names[];
void scsi_mpath_apply_report(struct scsi_mpath_lu *lu,
			     struct scsi_mpath_path *asked,
			     const struct alua_report *report);
void scsi_mpath_apply_own(struct scsi_mpath_lu *lu,
			  struct scsi_mpath_path *asked,
			  const struct alua_report *report);
void scsi_mpath_end_round(struct scsi_mpath_lu *lu);
void scsi_mpath_sense(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr);

/* rtpg.c: when to ask for them */
void scsi_mpath_alua_ask(struct scsi_mpath_path *path);
void scsi_mpath_alua_request(struct scsi_mpath_lu *lu);
void scsi_mpath_alua_work(struct work_struct *work);

/* activate.c: and to change them */
void scsi_mpath_init_activation(struct scsi_mpath_activation *act);
void scsi_mpath_forget_refusals(struct scsi_mpath_lu *lu);
bool scsi_mpath_activate(struct scsi_mpath_lu *lu);
unsigned long scsi_mpath_activation_delay(struct scsi_mpath_lu *lu);

/* nexus.c: */
struct scsi_mpath_nexus *scsi_mpath_get_nexus(struct scsi_device *sdev);
void scsi_mpath_put_nexus(struct scsi_mpath_nexus *nexus);
void scsi_mpath_release_nexus(struct scsi_mpath_nexus *nexus);
void scsi_mpath_not_claimed(struct scsi_device *sdev);
void scsi_mpath_enter_nexus(struct scsi_mpath_path *path);
void scsi_mpath_exit_nexus(struct scsi_mpath_path *path);
void scsi_mpath_doubt_nexus(struct scsi_mpath_path *path, bool all);
void scsi_mpath_ask_soon(struct scsi_mpath_path *path);
void scsi_mpath_end_ask(struct scsi_mpath_path *path);
void scsi_mpath_unblock(struct scsi_device *sdev);
const int *scsi_mpath_session_age(struct scsi_device *sdev);

/* sysfs.c: */
extern const struct attribute_group *scsi_mpath_disk_groups[];
void scsi_mpath_add_group(struct scsi_mpath_path *path);
void scsi_mpath_remove_group(struct scsi_mpath_path *path);
void scsi_mpath_add_unit_file(struct scsi_mpath_path *path);
void scsi_mpath_remove_unit_file(struct scsi_mpath_path *path);

#endif /* _SCSI_MPATH_H */
