// SPDX-License-Identifier: GPL-2.0
/*
 * The asymmetric access states of a unit's paths: what reports and sense data
 * tell of them. rtpg.c decides when a report is asked for.
 */
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

/*
 * How long a group may be transitioning when the target gives no time: the
 * longest one it could give.
 */
#define TRANSITION_MAX_SECS	255

/*
 * So many rounds in a row a path has told otherwise of itself than reports of
 * another target have: they speak of another port. Once may be a change.
 */
#define CONTRADICTIONS_MAX	3

const char * const scsi_mpath_alua_names[16] = {
	[ALUA_OPTIMIZED] = "active/optimized",
	[ALUA_NONOPTIMIZED] = "active/non-optimized",
	[ALUA_STANDBY] = "standby",
	[ALUA_UNAVAILABLE] = "unavailable",
	[ALUA_LBA_DEPENDENT] = "lba-dependent",
	[ALUA_OFFLINE] = "offline",
	[ALUA_TRANSITIONING] = "transitioning",
};

/*
 * A transition that takes longer than the target said it may counts as
 * standby: I/O is not kept waiting for it.
 */
static u8 bound_transition(struct scsi_mpath_path *path, u8 state, u8 secs)
{
	if (state != ALUA_TRANSITIONING) {
		path->transition_end = 0;
		return state;
	}
	if (!path->transition_end)
		path->transition_end =
			(jiffies + (secs ?: TRANSITION_MAX_SECS) * HZ) ?: 1;
	return time_before(jiffies, path->transition_end) ?
		       ALUA_TRANSITIONING : ALUA_STANDBY;
}

static void set_state(struct scsi_mpath_path *path, u8 state)
{
	if (state != path->alua_state && __ratelimit(&path->state_log))
		pr_info("%s: path %s is %s\n", path->lu->head->disk->disk_name,
			path_name(path),
			scsi_mpath_alua_names[state] ?: "in an unknown state");
	WRITE_ONCE(path->alua_state, state);
	WRITE_ONCE(path->sdev->access_state,
		   state | (path->pref ? SCSI_ACCESS_STATE_PREFERRED : 0));
	path->seen_access_state = path->sdev->access_state;
}

static void apply_group(struct scsi_mpath_path *path,
			const struct scsi_mpath_hearsay *said)
{
	struct scsi_mpath_lu *lu = path->lu;

	path->told = lu->rtpg_round;
	path->hearsay = false;
	path->tpg = said->id;
	path->pref = said->pref;
	set_state(path, bound_transition(path, said->state,
					 lu->transition_secs));
}

static struct scsi_mpath_hearsay gist_of(const struct alua_group *group)
{
	return (struct scsi_mpath_hearsay) {
		.id = group->id, .state = group->state, .pref = group->pref,
	};
}

/*
 * Two targets may use the same numbers for groups and ports of one unit, by
 * accident or as mirrors of each other, and know nothing of each other's states.
 * An array may as well be several targets, and any of its reports tell of all
 * ports. So what another target says is believed if it is what the path has said
 * of itself. A port that takes no I/O is asked even then: the other one may do so
 * for longer, and nothing else would tell that this one is back.
 */
static bool is_believed(const struct scsi_mpath_path *path,
			const struct scsi_mpath_path *asked,
			const struct scsi_mpath_hearsay *said)
{
	if (path == asked)
		return true;
	if (path->contradicted >= CONTRADICTIONS_MAX)
		return false;
	if (path->target && path->target == asked->target)
		return true;
	return !path->hearsay &&
	       path->pref == said->pref && path->alua_state == said->state &&
	       (alua_state_is_active(said->state) ||
		said->state == ALUA_TRANSITIONING);
}

/* The path is asked as well, and only if it does not answer this is what counts. */
static void hear(struct scsi_mpath_path *path,
		 const struct scsi_mpath_hearsay *said)
{
	unsigned int round = path->lu->rtpg_round;

	if (path->contradicted >= CONTRADICTIONS_MAX || path->heard_round == round)
		return;
	path->heard_round = round;
	path->heard = *said;
}

static void compare_with_hearsay(struct scsi_mpath_path *path,
				 const struct scsi_mpath_hearsay *said)
{
	if (path->heard_round != path->lu->rtpg_round)
		return;
	if (path->heard.state == said->state)
		path->contradicted = 0;
	else
		path->contradicted++;
}

static void take_word(struct scsi_mpath_path *path,
		      const struct scsi_mpath_path *asked,
		      const struct scsi_mpath_hearsay *said)
{
	if (!is_believed(path, asked, said)) {
		hear(path, said);
		return;
	}
	if (path == asked)
		compare_with_hearsay(path, said);
	apply_group(path, said);
}

/*
 * How well a group fits a path; 0 if it is that of another port. A port may
 * have moved to another group since its VPD page was read, but only a report
 * that came through the port is believed to mean this one: in another report
 * the number may be that of another target's. So a path whose group does not
 * list its port is told of by no report but its own.
 *
 * A group whose list is cut off may have the port. LIO's last one always is:
 * with the extended header, its reports end four bytes too soon.
 */
static int fit(const struct scsi_mpath_path *path,
	       const struct alua_group *group, bool asked)
{
	bool named = path->tpg == group->id;
	bool listed = path->rel_port >= 0 &&
		      alua_group_has_port(group, path->rel_port);

	if (named && (listed || group->cut || path->rel_port < 0))
		return 4;
	if (!asked)
		return 0;
	if (listed)
		return 3;
	return named ? 2 : group->cut;
}

/* Where a target contradicts itself, what it says first counts. */
static bool find_group(const struct scsi_mpath_path *path, bool asked,
		       struct alua_report report, struct alua_group *found)
{
	struct alua_group group;
	int best = 0, fits;

	while (alua_next_group(&report, &group)) {
		fits = fit(path, &group, asked);
		if (fits > best) {
			best = fits;
			*found = group;
		}
	}
	return best;
}

/**
 * scsi_mpath_apply_own() - take over what a report says of the path it came by
 * @lu: the unit
 * @asked: the path, which is claimed
 * @report: from alua_open_report()
 *
 * Context: process context; takes lu->lock.
 */
void scsi_mpath_apply_own(struct scsi_mpath_lu *lu,
			  struct scsi_mpath_path *asked,
			  const struct alua_report *report)
{
	struct scsi_mpath_hearsay said;
	struct alua_group group;

	guard(mutex)(&lu->lock);
	if (!find_group(asked, true, *report, &group))
		return;
	lu->transition_secs = report->transition_secs;
	said = gist_of(&group);
	apply_group(asked, &said);
	scsi_mpath_rank_paths(lu);
}

/**
 * scsi_mpath_apply_report() - take over what a report says
 * @lu: the unit it came from
 * @asked: the path it came through, which may have left the unit
 * @report: from alua_open_report()
 *
 * Context: process context; the caller holds lu->rtpg_lock.
 */
void scsi_mpath_apply_report(struct scsi_mpath_lu *lu,
			     struct scsi_mpath_path *asked,
			     const struct alua_report *report)
{
	struct scsi_mpath_hearsay said;
	struct scsi_mpath_path *path;
	struct alua_group group;

	lockdep_assert_held(&lu->rtpg_lock);
	mutex_lock(&lu->lock);
	lu->transition_secs = report->transition_secs;
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (path->told == lu->rtpg_round ||
		    !find_group(path, path == asked, *report, &group))
			continue;
		said = gist_of(&group);
		take_word(path, asked, &said);
	}
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);
}

/**
 * scsi_mpath_end_round() - what is left to do after a round of reports
 * @lu: the unit
 *
 * A path that has not told of itself may have been told of. And sense data may
 * have said that a port is transitioning, and then no report came through.
 *
 * Context: process context; the caller holds lu->rtpg_lock.
 */
void scsi_mpath_end_round(struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	lockdep_assert_held(&lu->rtpg_lock);
	mutex_lock(&lu->lock);
	list_for_each_entry(path, &lu->paths, lu_entry) {
		if (path->told != lu->rtpg_round &&
		    path->heard_round == lu->rtpg_round) {
			apply_group(path, &path->heard);
			path->hearsay = true;
		}
		if (path->alua_state == ALUA_TRANSITIONING)
			set_state(path, bound_transition(path,
							 ALUA_TRANSITIONING,
							 lu->transition_secs));
	}
	scsi_mpath_rank_paths(lu);
	mutex_unlock(&lu->lock);
	mpath_path_changed(lu->head);
}

/*
 * The state that sense data tells of the port it came through, -1 if it tells
 * none. SPC-4 5.9.2.4: LOGICAL UNIT NOT ACCESSIBLE, ASYMMETRIC ACCESS STATE
 * TRANSITION; ..., TARGET PORT IN STANDBY STATE; ... IN UNAVAILABLE STATE.
 */
static int state_in_sense(const struct scsi_sense_hdr *sshdr)
{
	if (sshdr->asc != 0x04)
		return -1;
	switch (sshdr->ascq) {
	case 0x0a:
		return ALUA_TRANSITIONING;
	case 0x0b:
		return ALUA_STANDBY;
	case 0x0c:
		return ALUA_UNAVAILABLE;
	default:
		return -1;
	}
}

/* May the states have changed, if a unit attention condition says this? */
static bool calls_for_rtpg(const struct scsi_sense_hdr *sshdr)
{
	switch (sshdr->asc) {
	case 0x29:	/* POWER ON, RESET, OR ... NEXUS LOSS OCCURRED */
		return true;
	case 0x2a:	/* ASYMMETRIC ACCESS STATE CHANGED, TRANSITION FAILED */
		return sshdr->ascq == 0x06 || sshdr->ascq == 0x07;
	case 0x3f:	/* INQUIRY DATA, REPORTED LUNS DATA HAS CHANGED */
		return sshdr->ascq == 0x03 || sshdr->ascq == 0x0e;
	default:
		return false;
	}
}

/*
 * The port this came through gets no I/O from now on. The RTPG that follows
 * has the last word. A transition whose time is over does not start again.
 */
static void port_left_active_state(struct scsi_mpath_path *path, u8 state)
{
	unsigned long end = READ_ONCE(path->transition_end);

	if (state == ALUA_TRANSITIONING && end && time_after_eq(jiffies, end))
		state = ALUA_STANDBY;
	WRITE_ONCE(path->alua_state, state);
	WRITE_ONCE(path->sdev->access_state, state);
	WRITE_ONCE(path->mdev.access_state, MPATH_STATE_OTHER);
	mpath_clear_current_path(&path->mdev);
	mpath_path_changed(path->mdev.mpath_head);
	scsi_mpath_alua_request(path->lu);
}

/*
 * No report tells the state of a path without a port group, nor when it changes:
 * TEST UNIT READY does.
 */
static void note_state(struct scsi_mpath_path *path, u8 state)
{
	if (path->tpg < 0)
		scsi_mpath_suspect(path, SCSI_MPATH_SENSE);
	else
		port_left_active_state(path, state);
}

/*
 * May the LUN be that of another unit, if a unit attention says this? A target
 * may report one of several conditions and drop the others. LIO does: that the
 * state has changed may be all that is heard of a LUN that was mapped anew.
 */
static bool calls_for_inquiry(const struct scsi_sense_hdr *sshdr)
{
	return calls_for_rtpg(sshdr) &&
	       !(sshdr->asc == 0x2a && sshdr->ascq == 0x07);
}

/*
 * Who asks for the unit asks for the states then. Whether the condition is news
 * is known when the RTPG under way is done, see rtpg.c.
 */
static void unit_attention(struct scsi_mpath_path *path,
			   const struct scsi_sense_hdr *sshdr)
{
	if (calls_for_inquiry(sshdr))
		scsi_mpath_doubt_nexus(path, sshdr->asc == 0x3f);
	else if (!test_bit(PATH_ASKED, &path->flags) && calls_for_rtpg(sshdr))
		scsi_mpath_alua_request(path->lu);
}

/* Called for each sense data of a claimed path, in interrupt context. */
void scsi_mpath_sense(struct scsi_dh_mpath_watcher *watcher,
		      const struct scsi_sense_hdr *sshdr)
{
	struct scsi_mpath_path *path =
		container_of(watcher, struct scsi_mpath_path, watcher);
	int state;

	WRITE_ONCE(path->health.sense, sshdr->sense_key << 16 |
				       sshdr->asc << 8 | sshdr->ascq);
	WRITE_ONCE(path->health.sense_time, jiffies);
	if (sshdr->sense_key != NOT_READY && sshdr->sense_key != UNIT_ATTENTION)
		return;
	if (sshdr->sense_key == UNIT_ATTENTION) {
		atomic_inc(&path->attentions);
		/* Counted before PATH_ASKED is looked at: see ask_once(). */
		smp_mb__after_atomic();
	}
	state = state_in_sense(sshdr);
	if (state >= 0)
		note_state(path, state);
	else if (sshdr->sense_key == UNIT_ATTENTION)
		unit_attention(path, sshdr);
}

#if IS_ENABLED(CONFIG_SCSI_MULTIPATH_KUNIT_TEST)
#include "tests/scsi_mpath_report_kunit.c"
#include "tests/scsi_mpath_sense_kunit.c"
#endif
