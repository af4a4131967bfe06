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
 */
#include <linux/blkdev.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "designator.h"
#include "scsi_mpath.h"

/* The length that targets are used to be asked for; most pages are shorter. */
#define VPD_FIRST_LEN	255
#define VPD_MAX_LEN	U16_MAX
#define VPD_HEADER_LEN	4

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
 * scsi_mpath_has_id() - does a disk lead to this unit, as far as is known?
 * @sdev: the disk
 * @id: of the unit
 *
 * Context: any.
 * Return: true if so says the page that the SCSI core has read last.
 */
bool scsi_mpath_has_id(struct scsi_device *sdev, const char *id)
{
	char known[SCSI_MPATH_ID_LEN];

	return read_id(sdev, known, sizeof(known)) >= 0 && !strcmp(known, id);
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
	if (!scsi_device_tpgs(path->sdev))
		return;
	guard(rcu)();
	vpd = rcu_dereference(path->sdev->vpd_pg83);
	if (vpd)
		designator_port(vpd->data, vpd->len, &path->tpg,
				&path->rel_port);
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
	if (!always && (has_one_path_only(sdev) || !scsi_device_tpgs(sdev)))
		return "";
	if (read_id(sdev, id, len) < 0)
		return "no unique id in VPD page 0x83";
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

	return (flags & (PATH_UNUSABLE | BIT(PATH_STRAY))) == BIT(PATH_UNSURE) &&
	       path_is_running(path);
}

/*
 * Returns how many bytes of the page came, -EREMOTEIO if the target sent sense
 * data instead, -EIO if nothing came from it.
 */
static int inquire(struct scsi_device *sdev, u8 *buf, unsigned int len)
{
	u8 cdb[6] = { INQUIRY, 0x01, 0x83 };
	struct scsi_mpath_answer answer;

	put_unaligned_be16(len, &cdb[3]);
	if (!scsi_mpath_read(sdev, cdb, buf, len, &answer))
		return answer.len;
	return scsi_sense_valid(&answer.sshdr) ? -EREMOTEIO : -EIO;
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
 * A page that names no unit, or from a LUN to which none is mapped, is not that
 * of ours. Returns whether it is, with @id empty if the page names none, or a
 * negative error if there is no page.
 */
static int names_unit(struct scsi_mpath_path *path, char *id, size_t size)
{
	int len, ret;
	u8 *page;

	page = read_page(path->sdev, &len);
	if (IS_ERR(page))
		return PTR_ERR(page);
	ret = designator_unit_id(page, len, id, size);
	kfree(page);
	if (ret < 0)
		id[0] = '\0';
	return ret >= 0 && !strcmp(id, path->lu->id);
}

/* Nothing else leads to the unit, which may be mapped as before. */
static bool is_waited_for(struct scsi_mpath_path *path)
{
	struct scsi_mpath_lu *lu = path->lu;
	struct scsi_mpath_path *other;

	if (!disk_openers(lu->head->disk))
		return false;
	guard(mutex)(&lu->lock);
	list_for_each_entry(other, &lu->paths, lu_entry)
		if (!test_bit(PATH_STRAY, &other->flags))
			return false;
	return true;
}

/*
 * Send the path to the unit with this id. The SCSI core does not know it where
 * nobody told: then the disk is rescanned on its way, but not while it is a path,
 * as the size that sd reads is the other unit's. A target that names a third one
 * each time it is asked is followed at this pace.
 */
static void move(struct scsi_mpath_path *path, const char *id)
{
	if (!scsi_mpath_has_id(path->sdev, id)) {
		if (path->moved && time_before(jiffies, path->moved + MOVE_PACE))
			return;
		if (is_waited_for(path))
			return;
		path->moved = jiffies | 1;
		set_bit(PATH_RESCAN, &path->flags);
	}
	set_bit(PATH_RETIRING, &path->flags);
	scsi_mpath_queue_path(path);
}

/* A LUN that names no unit is not one that the path could go to. */
static void stray(struct scsi_mpath_path *path, const char *id)
{
	if (!test_and_set_bit(PATH_STRAY, &path->flags))
		pr_err("%s: path %s leads to another unit now (%s), not used for this one\n",
		       path->lu->head->disk->disk_name, path_name(path),
		       id[0] ? id : "no unique id");
	if (id[0])
		move(path, id);
}

static void found_again(struct scsi_mpath_path *path, int doubts)
{
	if (test_and_clear_bit(PATH_STRAY, &path->flags))
		pr_info("%s: path %s leads to the unit again\n",
			path->lu->head->disk->disk_name, path_name(path));
	clear_bit(PATH_UNSURE, &path->flags);
	/* Who counts after this sets the bit after it was cleared. */
	smp_mb__after_atomic();
	if (atomic_read(&path->doubts) != doubts)
		set_bit(PATH_UNSURE, &path->flags);
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
	char id[SCSI_MPATH_ID_LEN];
	int doubts, ret;

	if (!test_bit(PATH_UNSURE, &path->flags))
		return true;
	doubts = atomic_read(&path->doubts);
	ret = names_unit(path, id, sizeof(id));
	if (ret > 0)
		found_again(path, doubts);
	else if (!ret)
		stray(path, id);
	else if (ret != -ENOMEM)
		scsi_mpath_suspect(path, ret == -EREMOTEIO ?
						 SCSI_MPATH_SENSE :
						 SCSI_MPATH_TRANSPORT);
	return ret > 0;
}
