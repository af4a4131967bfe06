// SPDX-License-Identifier: GPL-2.0
/*
 * Which disks are paths, and to which unit.
 *
 * VPD page 0x83 (SPC-4 7.7.3) says both: the designator that names the logical
 * unit is the same for every target port of the unit, and unique among units;
 * those that name the target port are what RTPG is about.
 *
 * The SCSI core has read the page when it found the disk. A target may map
 * another unit to the LUN at any time, and a write to that one is the worst that
 * can happen here. So the page is read anew when a path is claimed, when it has
 * not been running, and when a unit attention condition says that units or
 * connections have changed. Until the answer is here the path gets no I/O.
 *
 * Not every change is told of: a path that carries nothing hears nothing, and the
 * condition that is there for one LUN may have been reported through another. So a
 * path that has been idle is asked every now and then, and before it takes over.
 */
#include <linux/blkdev.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "judge.h"
#include "scsi_mpath.h"

/* The length that targets are used to be asked for; most pages are shorter. */
#define VPD_FIRST_LEN	255
#define VPD_MAX_LEN	U16_MAX
#define VPD_HEADER_LEN	4

/* A path that was given nothing for so long is idle. */
#define IDLE_TIME	HZ

/* How much longer than the poll's interval one may be idle that the poll asks. */
#define POLL_SLACK	(5 * HZ)

/* Longer than that */
#define UNKNOWN_AGO	(8 * 24 * 60 * 60 * HZ)

/* How often a path goes to a unit that the SCSI core has not heard of. */
#define MOVE_PACE	(20 * HZ)

/* Hosts whose disks cannot have a second path. */
static const char * const single_path_hosts[] = {
	"usb-storage", "uas", "ufshcd",
};

static bool has_one_path_only(const struct scsi_device *sdev)
{
	const char *host = sdev->host->hostt->proc_name;
	int i;

	/* SAT gives every translated ATA device this vendor. */
	if (!strncmp(sdev->vendor, "ATA     ", 8))
		return true;
	for (i = 0; host && i < ARRAY_SIZE(single_path_hosts); i++)
		if (!strcmp(host, single_path_hosts[i]))
			return true;
	return false;
}

/* Returns the length of the name, or -1 if there is none. */
static int read_id(struct scsi_device *sdev, char *id, size_t size)
{
	const struct scsi_vpd *vpd;

	guard(rcu)();
	vpd = rcu_dereference(sdev->vpd_pg83);
	return vpd ? designator_unit_id(vpd->data, vpd->len, id, size) : -1;
}

/**
 * scsi_mpath_read_port() - learn which target port a path leads through
 * @path: the path, not yet in a unit
 *
 * Context: any.
 */
void scsi_mpath_read_port(struct scsi_mpath_path *path)
{
	const struct scsi_vpd *vpd;

	path->tpg = -1;
	path->rel_port = -1;
	path->target = 0;
	if (!scsi_device_tpgs(path->sdev))
		return;
	guard(rcu)();
	vpd = rcu_dereference(path->sdev->vpd_pg83);
	if (!vpd)
		return;
	designator_port(vpd->data, vpd->len, &path->tpg, &path->rel_port);
	path->target = designator_target(vpd->data, vpd->len);
}

/**
 * scsi_mpath_read_names() - all that the SCSI core knows a disk's unit by
 * @sdev: the disk
 * @names: filled in; empty if there is nothing
 *
 * Context: any.
 */
void scsi_mpath_read_names(struct scsi_device *sdev, struct designator_set *names)
{
	const struct scsi_vpd *vpd;

	names->len = 0;
	guard(rcu)();
	vpd = rcu_dereference(sdev->vpd_pg83);
	if (vpd)
		designator_read_set(vpd->data, vpd->len, names);
}

/**
 * scsi_mpath_lacks_names() - has the SCSI core got no name of a disk's unit?
 * @sdev: the disk
 *
 * Context: any.
 * Return: true if it may have asked for the page and not got it, whatever the reason,
 * or if there was nothing in it.
 */
bool scsi_mpath_lacks_names(struct scsi_device *sdev)
{
	struct designator_set names;

	scsi_mpath_read_names(sdev, &names);
	return scsi_device_supports_vpd(sdev) && !names.len;
}

/**
 * scsi_mpath_refusal() - shall this disk be a path?
 * @sdev: the disk
 * @id: where the designator of its unit goes
 * @len: room in @id
 *
 * Context: process context.
 * Return: NULL if it shall, or why not; an empty string if there is nothing an
 * admin would want to know.
 */
const char *scsi_mpath_refusal(struct scsi_device *sdev, char *id, size_t len)
{
	bool always = scsi_mpath_mode == SCSI_MPATH_ALWAYS;

	if (scsi_mpath_mode == SCSI_MPATH_OFF)
		return "";
	if (!always && has_one_path_only(sdev))
		return "";
	/* Of a unit that exists it is a path, whatever else it can do. */
	if (!always && !scsi_device_tpgs(sdev) && !scsi_mpath_find_unit(sdev, NULL))
		return "";
	if (read_id(sdev, id, len) < 0)
		return "no unique id in VPD page 0x83";
	if (!always && !designator_is_vouched(id))
		return "no authority vouches for its id (multipath=always)";
	if (scsi_mpath_is_excluded(id, sdev))
		return "excluded by parameter";
	return NULL;
}

/**
 * scsi_mpath_note_doubt() - the next probe is to ask for the unit
 * @path: a claimed path
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 * Return: true if it was sure before.
 */
bool scsi_mpath_note_doubt(struct scsi_mpath_path *path)
{
	atomic_inc(&path->doubts);
	/* Counted before the bit is set: see scsi_mpath_leads_to_unit(). */
	smp_mb__after_atomic();
	if (test_bit(PATH_UNSURE, &path->flags))
		return false;
	/* One that does not run is not asked, and its answer not to be expected. */
	WRITE_ONCE(path->unsure_since, path_is_running(path) ? jiffies :
				       jiffies - SCSI_MPATH_ASK_TIME);
	return !test_and_set_bit(PATH_UNSURE, &path->flags);
}

/**
 * scsi_mpath_doubt() - use a path no more until its unit has been asked for
 * @path: a claimed path
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_doubt(struct scsi_mpath_path *path)
{
	if (scsi_mpath_note_doubt(path)) {
		mpath_clear_current_path(&path->mdev);
		mpath_path_changed(path->lu->head);
	}
	scsi_mpath_probe_now(path);
}

/**
 * scsi_mpath_is_asked_for_unit() - is that all that keeps I/O from a path?
 * @path: the path
 *
 * Context: any.
 * Return: true if its answer, which is to be expected soon, makes it usable.
 */
bool scsi_mpath_is_asked_for_unit(const struct scsi_mpath_path *path)
{
	unsigned long flags = READ_ONCE(path->flags);

	return (flags & (PATH_UNUSABLE | BIT(PATH_STRAY) | BIT(PATH_NAMELESS))) ==
	       BIT(PATH_UNSURE) && path_is_running(path);
}

/* LOGICAL UNIT NOT SUPPORTED: no unit is mapped to this LUN. */
static bool says_no_unit(const struct scsi_mpath_answer *answer)
{
	const struct scsi_sense_hdr *sshdr = &answer->sshdr;

	return scsi_sense_valid(sshdr) && sshdr->sense_key == ILLEGAL_REQUEST &&
	       sshdr->asc == 0x25 && sshdr->ascq == 0x00;
}

/*
 * INQUIRY is to be answered whether there is a unit or not (SPC-4 6.4.1), and
 * some targets then refuse to give the page.
 */
static bool has_no_unit(struct scsi_device *sdev)
{
	static const u8 tur[6] = { TEST_UNIT_READY };
	struct scsi_mpath_answer answer;

	scsi_mpath_read(sdev, tur, NULL, 0, &answer);
	return says_no_unit(&answer);
}

/*
 * Returns whether there is no unit by the peripheral qualifier, which is 011b if the
 * LUN is not supported. 001b is what a port says of a unit that is there in the state
 * unavailable (SPC-4 5.9.2.4.5): the rest of the page tells, and is read as if the
 * qualifier were 000b.
 */
static bool denies_unit(u8 *page, int len)
{
	char id[SCSI_MPATH_ID_LEN];

	if (page[0] >> 5 != 1)
		return page[0] >> 5 == 3;
	page[0] &= 0x1f;
	return designator_unit_id(page, len, id, sizeof(id)) < 0;
}

/*
 * The port does not say because of its state, as it may in a transition (SPC-4
 * 5.9.2.5).
 */
static bool is_state_of_port(const struct scsi_sense_hdr *sshdr)
{
	const struct scsi_mpath_end end = {
		.status = SAM_STAT_CHECK_CONDITION,
		.key = sshdr->sense_key,
		.asc = sshdr->asc,
		.ascq = sshdr->ascq,
	};

	return scsi_mpath_judge(&end) == VERDICT_REQUEUE;
}

/*
 * Returns how many bytes of the page came, -ENXIO if there is no unit, -EREMOTEIO
 * if the target sent other sense data instead, -EIO if nothing came from it, -ENOMEM
 * if it was not asked, or does not answer now.
 */
static int inquire(struct scsi_device *sdev, u8 *buf, unsigned int len)
{
	u8 cdb[6] = { INQUIRY, 0x01, 0x83 };
	struct scsi_mpath_answer answer;
	int result;

	put_unaligned_be16(len, &cdb[3]);
	result = scsi_mpath_read(sdev, cdb, buf, len, &answer);
	if (!result)
		return answer.len;
	/* Others have all the tags, or the queue is frozen: it was not sent. */
	if (result == -EAGAIN || result == -ENOMEM)
		return -ENOMEM;
	if (!scsi_sense_valid(&answer.sshdr))
		return -EIO;
	if (is_state_of_port(&answer.sshdr))
		return -ENOMEM;
	return says_no_unit(&answer) || has_no_unit(sdev) ? -ENXIO : -EREMOTEIO;
}

/*
 * Returns the page in a buffer that the caller frees, its length in *@got, or
 * ERR_PTR. One that is longer than what there was room for is read once more.
 */
static u8 *read_page(struct scsi_device *sdev, int *got)
{
	unsigned int len = VPD_FIRST_LEN, said;
	u8 *buf;

	for (;;) {
		buf = kzalloc(len, GFP_NOIO);
		if (!buf)
			return ERR_PTR(-ENOMEM);
		*got = inquire(sdev, buf, len);
		if (*got < VPD_HEADER_LEN) {
			kfree(buf);
			return ERR_PTR(*got < 0 ? *got : -EIO);
		}
		said = get_unaligned_be16(buf + 2) + VPD_HEADER_LEN;
		if (said <= len || len > VPD_FIRST_LEN)
			return buf;
		kfree(buf);
		len = min(said, VPD_MAX_LEN);
	}
}

/*
 * Returns whether the page is that of our unit, with @id empty if none of its names
 * is one that a unit could have here; -ENODATA if it has no name at all, or a negative
 * error if there is no page: -ENXIO if there is no unit.
 */
static int names_unit(struct scsi_mpath_lu *lu, struct scsi_device *sdev,
		      char *id, size_t size)
{
	struct designator_set names;
	u8 *page;
	int len;

	page = read_page(sdev, &len);
	if (IS_ERR(page))
		return PTR_ERR(page);
	if (denies_unit(page, len)) {
		kfree(page);
		return -ENXIO;
	}
	if (designator_unit_id(page, len, id, size) < 0)
		id[0] = '\0';
	designator_read_set(page, len, &names);
	kfree(page);
	return names.len ? designator_sets_agree(&lu->names, &names) : -ENODATA;
}

/**
 * scsi_mpath_page_is_old() - does a disk name another unit than the SCSI core knows?
 * @sdev: a disk that is no path
 *
 * Context: process context; sleeps as long as the disk takes to answer.
 * Return: true if a rescan will bring other names.
 */
bool scsi_mpath_page_is_old(struct scsi_device *sdev)
{
	struct designator_set known, names;
	u8 *page;
	int len;

	page = read_page(sdev, &len);
	if (IS_ERR(page))
		return false;
	designator_read_set(page, len, &names);
	kfree(page);
	scsi_mpath_read_names(sdev, &known);
	/* A page in which there is nothing yet is no news. */
	return names.len && (names.len != known.len ||
			     memcmp(names.names, known.names, names.len));
}

/*
 * To be read before the path is asked: whether the answer of a session that was
 * lost is true of the next one nobody knows.
 */
static int session_age(const struct scsi_mpath_path *path)
{
	return path->session_age ? READ_ONCE(*path->session_age) : 0;
}

/* Its session was lost and is back, be it that nobody has seen it away. */
static bool is_back(const struct scsi_mpath_path *path)
{
	return READ_ONCE(path->proven_age) != session_age(path);
}

static void note_proof(struct scsi_mpath_path *path, int age)
{
	WRITE_ONCE(path->proven, jiffies);
	WRITE_ONCE(path->proven_age, age);
	WRITE_ONCE(path->known, jiffies);
}

/* Nothing else leads to the unit, which may be mapped as before. */
static bool is_waited_for(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;
	struct scsi_mpath_path *other;

	if (!mpath_is_open(lu->head))
		return false;
	guard(mutex)(&lu->lock);
	list_for_each_entry(other, &lu->paths, lu_entry)
		if (!test_bit(PATH_STRAY, &other->flags))
			return false;
	return true;
}

/*
 * Does the SCSI core know by now that the disk leads elsewhere? A rescan makes it so.
 * Else the path would be claimed for the same unit at once.
 */
static bool is_known_elsewhere(const struct scsi_mpath_path *path)
{
	struct designator_set names;

	scsi_mpath_read_names(path->sdev, &names);
	return names.len && !designator_sets_agree(&path->lu->names, &names);
}

/*
 * Send the path to the unit that is there now. The SCSI core does not know it where
 * nobody told: then the disk is rescanned on its way, but not while it is a path,
 * as the size that sd reads is the other unit's. A target that names a third one
 * each time it is asked is followed at this pace.
 */
static void move(struct scsi_mpath_path *path)
{
	if (!is_known_elsewhere(path)) {
		if (path->moved && time_before(jiffies, path->moved + MOVE_PACE))
			return;
		if (is_waited_for(path))
			return;
	}
	set_bit(PATH_RESCAN, &path->flags);
	path->moved = jiffies | 1;
	scsi_mpath_send_off(path);
}

/* A LUN that names no unit is not one that the path could go to. */
static void stray(struct scsi_mpath_path *path, const char *id)
{
	/* It was in use, or could have been. */
	if (!test_bit(PATH_UNSURE, &path->flags))
		scsi_mpath_doubt(path);
	if (!test_and_set_bit(PATH_STRAY, &path->flags)) {
		mpath_path_changed(path->lu->head);
		pr_err("%s: path %s leads to another unit now (%s), not used for this one\n",
		       path->lu->head->disk->disk_name, path_name(path),
		       id[0] ? id : "no unique id");
	}
	if (id[0])
		move(path);
}

/* The target says so itself: its unit is not merely out of reach. */
static void note_absence(struct scsi_mpath_path *path, bool absent)
{
	if (absent == test_bit(PATH_ABSENT, &path->flags))
		return;
	assign_bit(PATH_ABSENT, &path->flags, absent);
	if (absent)
		pr_err("%s: path %s: the target says that it has no such LUN\n",
		       path->lu->head->disk->disk_name, path_name(path));
	mpath_path_changed(path->lu->head);
}

static void found_again(struct scsi_mpath_path *path, int doubts, int age)
{
	/* The answer is older than the doubt: not even for a moment. */
	if (atomic_read(&path->doubts) != doubts)
		return;
	if (test_and_clear_bit(PATH_STRAY, &path->flags))
		pr_info("%s: path %s leads to the unit again\n",
			path->lu->head->disk->disk_name, path_name(path));
	note_proof(path, age);
	WRITE_ONCE(path->lu->lost_path, false);
	clear_bit(PATH_UNSURE, &path->flags);
	/* Who counts after this sets the bit after it was cleared. */
	smp_mb__after_atomic();
	if (atomic_read(&path->doubts) != doubts)
		set_bit(PATH_UNSURE, &path->flags);
}

/* Now what sd has read of it counts, unless it was read once more. */
static void believe_disk(struct scsi_mpath_path *path, int doubts)
{
	if (!test_and_clear_bit(PATH_REREAD, &path->flags))
		return;
	/* As in found_again(). */
	smp_mb__after_atomic();
	if (atomic_read(&path->doubts) != doubts)
		set_bit(PATH_REREAD, &path->flags);
	else
		mod_delayed_work(scsi_mpath_wq, &path->lu->watch_work, 0);
}

/*
 * No proof is not another unit: a controller that boots may give a page in which there
 * is nothing yet.
 */
static void note_nameless(struct scsi_mpath_path *path)
{
	if (!test_bit(PATH_UNSURE, &path->flags))
		scsi_mpath_doubt(path);
	if (!test_and_set_bit(PATH_NAMELESS, &path->flags))
		pr_warn("%s: path %s names no unit now, not used until it does\n",
			path->lu->head->disk->disk_name, path_name(path));
}

/**
 * scsi_mpath_reread() - sd has news of a disk, which may be another unit's
 * @path: a claimed path
 *
 * It does not count before the path has said that it still leads to its unit.
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_reread(struct scsi_mpath_path *path)
{
	atomic_inc(&path->doubts);
	/* Counted before the bit is set, as in scsi_mpath_note_doubt(). */
	smp_mb__after_atomic();
	set_bit(PATH_REREAD, &path->flags);
	scsi_mpath_probe_now(path);
}

/**
 * scsi_mpath_send_off() - a path has to leave its unit, and to join one anew
 * @path: the path
 *
 * Context: any; @path is claimed, and stays so meanwhile.
 */
void scsi_mpath_send_off(struct scsi_mpath_path *path)
{
	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_queue_path(path);
}

/* @ret is what names_unit() has said. */
static void hear_answer(struct scsi_mpath_path *path, int ret, const char *id)
{
	if (ret == -ENOMEM)
		return;
	if (ret == -ENODATA) {
		note_nameless(path);
		return;
	}
	clear_bit(PATH_NAMELESS, &path->flags);
	if (!ret || ret == -ENXIO)
		clear_bit(PATH_ACCUSED, &path->flags);
	note_absence(path, ret == -ENXIO);
	if (!ret) {
		stray(path, id);
	} else if (ret < 0) {
		/* Also of one that was suspect before it was asked. */
		scsi_mpath_note_doubt(path);
		scsi_mpath_suspect(path, ret == -EIO ? SCSI_MPATH_TRANSPORT :
						       SCSI_MPATH_SENSE);
	}
}

/* It leads to the unit. Returns false if it has to join anew all the same. */
static bool end_doubt(struct scsi_mpath_path *path, int doubts, int age)
{
	guard(mutex)(&path->lu->lock);
	/* An answer that is older than the doubt is none to it. */
	if (test_bit(PATH_UNSURE, &path->flags) &&
	    atomic_read(&path->doubts) == doubts && !scsi_mpath_is_sure(path)) {
		clear_bit(PATH_STRAY, &path->flags);
		set_bit(PATH_RESCAN, &path->flags);
		scsi_mpath_send_off(path);
		return false;
	}
	found_again(path, doubts, age);
	believe_disk(path, doubts);
	return true;
}

/**
 * scsi_mpath_leads_to_unit() - ask a path for its unit, if that is in doubt
 * @path: a claimed path that runs
 *
 * New doubts may come up meanwhile:
 *
 *	here				scsi_mpath_sense()
 *	reads @doubts: n
 *	INQUIRY: the unit is ours
 *					the unit is another: counts n + 1
 *	clears PATH_UNSURE
 *	reads n + 1: sets it again
 *					sets PATH_UNSURE, queues the probe
 *
 * The caller lets I/O flow again, and asks for the state of the port group: what
 * it has been through meanwhile is not known.
 *
 * Context: process context; sleeps until the path has answered.
 * Return: true if it is the unit that @path was claimed for.
 */
bool scsi_mpath_leads_to_unit(struct scsi_mpath_path *path)
{
	/* One that was taken out of service since the poll is left in peace. */
	bool due = test_and_clear_bit(PATH_DUE, &path->flags) &&
		   !test_bit(PATH_OUT, &path->flags);
	int doubts, ret, age = session_age(path);
	char id[SCSI_MPATH_ID_LEN];

	if (!due && !(READ_ONCE(path->flags) & (BIT(PATH_UNSURE) | BIT(PATH_REREAD))))
		return true;
	doubts = atomic_read(&path->doubts);
	ret = names_unit(path->lu, path->sdev, id, sizeof(id));
	hear_answer(path, ret, id);
	return ret > 0 && end_doubt(path, doubts, age);
}

/* For how long has it neither said which unit it leads to, nor been given I/O? */
static long idle_time(const struct scsi_mpath_path *path, unsigned long now)
{
	return now - READ_ONCE(path->known);
}

/*
 * Has I/O gone down another path since, which takes none any more, or is not as
 * good as this one, or was better? Then this one is about to take over. Where
 * paths share the I/O of a unit, none of them takes over from the others.
 */
static bool takes_over(struct scsi_mpath_path *path)
{
	struct mpath_head *head = path->mdev.mpath_head;
	enum mpath_access_state state = READ_ONCE(path->mdev.access_state);
	struct mpath_device *mdev;

	list_for_each_entry_srcu(mdev, &head->dev_list, siblings,
				 srcu_read_lock_held(&head->srcu))
		if (time_after(READ_ONCE(to_path(mdev)->known), READ_ONCE(path->known)) &&
		    (READ_ONCE(mdev->access_state) != state ||
		     scsi_mpath_template.is_disabled(mdev)))
			return true;
	return false;
}

static bool is_to_be_asked_first(struct scsi_mpath_path *path, unsigned long now)
{
	long idle = idle_time(path, now), poll;

	if (is_back(path))
		return true;
	if (idle < IDLE_TIME)
		return false;
	poll = READ_ONCE(scsi_mpath_poll_secs) * HZ;
	return idle > poll + POLL_SLACK || takes_over(path);
}

/**
 * scsi_mpath_may_carry() - may a path that was chosen be given a bio?
 * @path: a claimed path
 * @now: the time, which is not @known
 *
 * Called with the first bio of each tick. Until a path that was idle has been
 * asked, bios wait, or take another.
 *
 * Context: any that may submit I/O; under the head's SRCU.
 * Return: true if it may, and is known to be in use then.
 */
bool scsi_mpath_may_carry(struct scsi_mpath_path *path, unsigned long now)
{
	if (is_to_be_asked_first(path, now)) {
		scsi_mpath_doubt(path);
		return false;
	}
	WRITE_ONCE(path->known, now);
	return true;
}

/**
 * scsi_mpath_may_ioctl() - may a path that was chosen be given an ioctl?
 * @path: a claimed path, which stays so meanwhile
 *
 * Context: process context; sleeps until the path has said which unit it leads
 * to, if it has to be asked.
 * Return: true if it may.
 */
bool scsi_mpath_may_ioctl(struct scsi_mpath_path *path)
{
	struct mpath_head *head = path->mdev.mpath_head;
	bool ask;
	int idx;

	idx = srcu_read_lock(&head->srcu);
	ask = is_to_be_asked_first(path, jiffies);
	srcu_read_unlock(&head->srcu, idx);
	return !ask || scsi_mpath_speaks_for_unit(path->lu, path);
}

/**
 * scsi_mpath_speaks_for_unit() - may what a path said just now be believed?
 * @lu: the unit it was in when it was asked
 * @path: the path, with a reference; it may leave the unit meanwhile
 *
 * Context: process context; takes lu->lock, sleeps until the path has answered.
 * Return: true if nothing is known to the contrary, and it carries I/O, or has said
 * now that it leads to the unit. That ends no doubt, which is for its probe.
 */
bool scsi_mpath_speaks_for_unit(struct scsi_mpath_lu *lu,
				struct scsi_mpath_path *path)
{
	int doubts, ret, age = session_age(path);
	char id[SCSI_MPATH_ID_LEN];

	if (!test_bit(PATH_UNSURE, &path->flags) && !is_back(path) &&
	    idle_time(path, jiffies) < IDLE_TIME)
		return true;
	doubts = atomic_read(&path->doubts);
	ret = names_unit(lu, path->sdev, id, sizeof(id));
	if (ret > 0) {
		note_proof(path, age);
		return atomic_read(&path->doubts) == doubts;
	}
	/* One that was taken out of service meanwhile is asked when it is back. */
	if (test_bit(PATH_OUT, &path->flags))
		return false;
	/* Its probe finds out what to do about it. */
	guard(mutex)(&lu->lock);
	if (READ_ONCE(path->lu) == lu && !list_empty(&path->lu_entry))
		scsi_mpath_doubt(path);
	return false;
}

/*
 * That I/O passes proves little: not every target tells of a LUN that leads elsewhere,
 * and beside a handler that takes the sense data nobody hears of it.
 */
static bool is_due(const struct scsi_mpath_path *path)
{
	unsigned int secs = path->watched ? READ_ONCE(scsi_mpath_poll_secs) :
					    SCSI_MPATH_UNWATCHED_SECS / 2;
	unsigned long flags = READ_ONCE(path->flags);

	if (flags & (PATH_UNUSABLE | BIT(PATH_STRAY)) || !path_is_running(path) ||
	    path->alua_state == ALUA_OFFLINE)
		return false;
	return idle_time(path, jiffies) >= IDLE_TIME ||
	       time_after(jiffies, path->proven + secs * HZ);
}

/**
 * scsi_mpath_ask_due() - ask paths whether they lead to the unit
 * @lu: the unit, with each poll
 *
 * Those that carry nothing, and each once in a while. They stay in use meanwhile:
 * there is no doubt, only nothing that would have told of a change.
 *
 * Context: process context; takes lu->lock.
 */
void scsi_mpath_ask_due(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	guard(mutex)(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (!is_due(path))
			continue;
		set_bit(PATH_DUE, &path->flags);
		scsi_mpath_ask_soon(path);
	}
}

/**
 * scsi_mpath_forget() - an idle path is to be asked before it takes over
 * @path: a path of a unit that another one leaves
 *
 * Context: any.
 */
void scsi_mpath_forget(struct scsi_mpath_path *path)
{
	if (idle_time(path, jiffies) >= IDLE_TIME)
		WRITE_ONCE(path->known, jiffies - UNKNOWN_AGO);
}
