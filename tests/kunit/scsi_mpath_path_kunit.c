// SPDX-License-Identifier: GPL-2.0
/* Which paths may be used, are a first choice, and are worth waiting for. */
#include <kunit/test.h>

#include "../scsi_mpath.h"

#define MAX_PATHS	3
#define NR_STATES	7
#define NR_KINDS	(NR_STATES * 2 * 4)

/* Where the design's table has a line */
static const u8 states[NR_STATES] = {
	ALUA_OPTIMIZED, ALUA_NONOPTIMIZED, ALUA_STANDBY, ALUA_UNAVAILABLE,
	ALUA_LBA_DEPENDENT, ALUA_OFFLINE, ALUA_TRANSITIONING,
};

/**
 * struct unit - a logical unit with paths that no SCSI core has ever seen
 * @lu: the unit
 * @paths: the paths
 */
struct unit {
	struct scsi_mpath_lu lu;
	struct scsi_mpath_path *paths[MAX_PATHS];
};

static void fake_probe(struct work_struct *work)
{
}

static void cancel_probe(void *path)
{
	cancel_delayed_work_sync(&((struct scsi_mpath_path *)path)->health.probe_work);
}

/* All paths lead through one host, which the first one brings. */
static void alloc_path(struct kunit *test, struct unit *unit, int i)
{
	struct scsi_mpath_path *path;
	struct scsi_device *sdev;

	sdev = kunit_kzalloc(test, sizeof(*sdev), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sdev);
	if (i)
		sdev->host = unit->paths[0]->sdev->host;
	else
		sdev->host = kunit_kzalloc(test, sizeof(*sdev->host), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sdev->host);
	sdev->host->shost_state = SHOST_RUNNING;
	sdev->sdev_state = SDEV_RUNNING;
	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	path->sdev = sdev;
	path->lu = &unit->lu;
	path->mdev.mpath_head = unit->lu.head;
	INIT_LIST_HEAD(&path->ask_entry);
	INIT_DELAYED_WORK(&path->health.probe_work, fake_probe);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, cancel_probe, path));
	unit->paths[i] = path;
}

/* With a head that has a disk, so that the library can end its works. */
static void alloc_head(struct kunit *test, struct unit *unit)
{
	struct queue_limits lim;
	struct mpath_head *head;

	head = mpath_alloc_head();
	unit->lu.head = head;
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, head);
	head->mpdt = &scsi_mpath_template;
	head->iopolicy = &unit->lu.iopolicy;
	head->disk_groups = mpath_device_groups;
	head->drv_module = THIS_MODULE;
	head->drvdata = &unit->lu;
	blk_set_stacking_limits(&lim);
	KUNIT_ASSERT_EQ(test, mpath_alloc_head_disk(head, &lim, NUMA_NO_NODE), 0);
}

static int path_init(struct kunit *test)
{
	struct unit *unit;
	int i;

	unit = kunit_kzalloc(test, sizeof(*unit), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, unit);
	test->priv = unit;
	mutex_init(&unit->lu.lock);
	INIT_LIST_HEAD(&unit->lu.paths);
	alloc_head(test, unit);
	for (i = 0; i < MAX_PATHS; i++)
		alloc_path(test, unit, i);
	return 0;
}

static void path_exit(struct kunit *test)
{
	struct unit *unit = test->priv;

	if (!unit || IS_ERR_OR_NULL(unit->lu.head))
		return;
	if (unit->lu.head->disk)
		mpath_put_disk(unit->lu.head);
	mpath_put_head(unit->lu.head);
}

static bool is_disabled(struct scsi_mpath_path *path)
{
	return scsi_mpath_template.is_disabled(&path->mdev);
}

static bool may_come_back(struct scsi_mpath_path *path)
{
	return scsi_mpath_template.available_path(&path->mdev);
}

/* What the SCSI core says of a device: does it run, may it do so again? */
static const struct device_case {
	const char *name;
	enum scsi_device_state state;
	bool runs;
	bool returns;
} device_cases[] = {
	{ "created", SDEV_CREATED, false, false },
	{ "running", SDEV_RUNNING, true, true },
	{ "cancel", SDEV_CANCEL, false, false },
	{ "deleted", SDEV_DEL, false, false },
	{ "quiesce", SDEV_QUIESCE, false, true },
	{ "offline", SDEV_OFFLINE, false, true },
	{ "transport-offline", SDEV_TRANSPORT_OFFLINE, false, true },
	{ "blocked", SDEV_BLOCK, false, true },
	{ "created-blocked", SDEV_CREATED_BLOCK, false, true },
};

KUNIT_ARRAY_PARAM_DESC(device, device_cases, name);

static void path_device_state(struct kunit *test)
{
	const struct device_case *c = test->param_value;
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path = unit->paths[0];
	int i;

	path->sdev->sdev_state = c->state;
	KUNIT_EXPECT_EQ(test, is_disabled(path), !c->runs);
	/* Whoever sees it stopped first has it asked for its unit. */
	KUNIT_EXPECT_EQ(test, test_bit(PATH_UNSURE, &path->flags), !c->runs);
	KUNIT_EXPECT_EQ(test, atomic_read(&path->doubts), !c->runs);
	KUNIT_EXPECT_EQ(test, is_disabled(path), !c->runs);
	KUNIT_EXPECT_EQ(test, atomic_read(&path->doubts), !c->runs);
	for (i = 0; i < NR_STATES; i++) {
		path->alua_state = states[i];
		KUNIT_EXPECT_EQ(test, may_come_back(path),
				c->returns && states[i] != ALUA_OFFLINE);
	}
}

/* Error recovery of the host stops all its devices, and ends some time. */
static void path_host_state(struct kunit *test)
{
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path = unit->paths[0];
	int state;

	for (state = SHOST_CREATED; state <= SHOST_DEL_RECOVERY; state++) {
		path->flags = 0;
		path->sdev->host->shost_state = state;
		KUNIT_EXPECT_EQ_MSG(test, is_disabled(path), state >= SHOST_RECOVERY,
				    "host state %d", state);
		KUNIT_EXPECT_TRUE(test, may_come_back(path));
	}
	path->flags = 0;
	path->sdev->host->shost_state = SHOST_RUNNING;
	path->sdev->host->tmf_in_progress = 1;
	KUNIT_EXPECT_TRUE(test, is_disabled(path));
}

static void path_flags(struct kunit *test)
{
	static const struct {
		unsigned int flag;
		bool disables, ends;
	} flags[] = {
		{ PATH_BOUND, false, false },
		{ PATH_PROBATION, false, false },
		{ PATH_STANDBY, false, false },
		{ PATH_OUT, true, false },
		{ PATH_LINKED, false, false },
		{ PATH_JOINING, true, false },
		{ PATH_SUSPECT, true, false },
		{ PATH_UNSURE, true, false },
		{ PATH_STRAY, false, false },
		{ PATH_DUE, false, false },
		{ PATH_ASKING, false, false },
		{ PATH_ABSENT, false, false },
		{ PATH_GONE, true, true },
		{ PATH_RETIRING, true, true },
	};
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path = unit->paths[0];
	int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		path->flags = BIT(flags[i].flag);
		KUNIT_EXPECT_EQ_MSG(test, is_disabled(path), flags[i].disables,
				    "flag %u", flags[i].flag);
		KUNIT_EXPECT_EQ_MSG(test, may_come_back(path), !flags[i].ends,
				    "flag %u", flags[i].flag);
	}
}

/*
 * A path that is asked for its unit, and against which there is nothing else, will
 * tell in a moment; what takes longer is told to be out of use. While its question is
 * on its way I/O is held for longer, but not for ever.
 */
static void path_asked_for_unit(struct kunit *test)
{
	static const struct {
		unsigned long flags;
		enum scsi_device_state state;
		bool asked;
	} cases[] = {
		{ 0, SDEV_RUNNING, false },
		{ BIT(PATH_UNSURE), SDEV_RUNNING, true },
		{ BIT(PATH_UNSURE) | BIT(PATH_ASKING), SDEV_RUNNING, true },
		{ BIT(PATH_UNSURE) | BIT(PATH_NAMELESS), SDEV_RUNNING, false },
		{ BIT(PATH_UNSURE), SDEV_BLOCK, false },
		{ BIT(PATH_UNSURE) | BIT(PATH_STRAY), SDEV_RUNNING, false },
		{ BIT(PATH_UNSURE) | BIT(PATH_SUSPECT), SDEV_RUNNING, false },
		{ BIT(PATH_UNSURE) | BIT(PATH_RETIRING), SDEV_RUNNING, false },
		{ BIT(PATH_UNSURE) | BIT(PATH_OUT), SDEV_RUNNING, false },
	};
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path = unit->paths[0];
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		path->flags = cases[i].flags;
		path->sdev->sdev_state = cases[i].state;
		path->unsure_since = jiffies;
		KUNIT_EXPECT_EQ_MSG(test, cases[i].asked,
				    scsi_mpath_template.is_transitioning(&path->mdev),
				    "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, cases[i].asked,
				    scsi_mpath_template.is_settling(&path->mdev),
				    "case %d", i);
		path->unsure_since = jiffies - 2 * HZ;
		KUNIT_EXPECT_FALSE(test, scsi_mpath_template.is_settling(&path->mdev));
		path->unsure_since = jiffies - SCSI_MPATH_ASK_TIME - 1;
		KUNIT_EXPECT_EQ_MSG(test,
				    cases[i].asked && path->flags & BIT(PATH_ASKING),
				    scsi_mpath_template.is_transitioning(&path->mdev),
				    "case %d", i);
		path->unsure_since = jiffies - SCSI_MPATH_QUEUE_TIME - 1;
		KUNIT_EXPECT_FALSE(test, scsi_mpath_template.is_transitioning(&path->mdev));
	}
}

static void path_is_optimized(struct kunit *test)
{
	struct unit *unit = test->priv;
	struct mpath_device *mdev = &unit->paths[0]->mdev;
	int state;

	for (state = MPATH_STATE_OPTIMIZED; state <= MPATH_STATE_OTHER; state++) {
		mdev->access_state = state;
		KUNIT_EXPECT_EQ(test, scsi_mpath_template.is_optimized(mdev),
				state == MPATH_STATE_OPTIMIZED);
	}

	mdev->access_state = MPATH_STATE_OPTIMIZED;
	to_path(mdev)->flags = BIT(PATH_SUSPECT);
	KUNIT_EXPECT_FALSE(test, scsi_mpath_template.is_optimized(mdev));
}

static void set_kind(struct scsi_mpath_path *path, unsigned int kind)
{
	path->alua_state = states[kind % NR_STATES];
	path->pref = kind / NR_STATES % 2;
	/* Fit for use, suspect, refused by the library, or in reserve */
	kind = kind / NR_STATES / 2;
	path->flags = kind == 1 ? BIT(PATH_SUSPECT) : 0;
	if (kind == 3)
		path->flags = path->pref ? BIT(PATH_PROBATION) : BIT(PATH_STANDBY);
	path->mdev.flags = kind == 2 ? BIT(MPATH_DEVICE_MISMATCH) : 0;
}

static bool takes_io(const struct scsi_mpath_path *path)
{
	return path->alua_state < 2 || path->alua_state == 4;
}

static bool usable(const struct scsi_mpath_path *path)
{
	return takes_io(path) && !(path->flags & BIT(PATH_SUSPECT)) &&
	       !path->mdev.flags;
}

static bool in_reserve(const struct scsi_mpath_path *path)
{
	return path->flags & PATH_RESERVE;
}

/* A path in reserve does not count beside one that is not. */
static bool counts(const struct unit *unit, int n,
		   const struct scsi_mpath_path *path)
{
	int i;

	for (i = 0; in_reserve(path) && i < n; i++)
		if (usable(unit->paths[i]) && !in_reserve(unit->paths[i]))
			return false;
	return true;
}

/* Is there a usable path in a better state, or a preferred one in the same? */
static bool is_outdone(const struct unit *unit, int n,
		       const struct scsi_mpath_path *path, bool *has_rival)
{
	const struct scsi_mpath_path *other;
	bool better = false;
	int i;

	*has_rival = false;
	for (i = 0; i < n; i++) {
		other = unit->paths[i];
		if (!usable(other) || !counts(unit, n, other))
			continue;
		if (other->alua_state < path->alua_state)
			better = true;
		else if (other->alua_state == path->alua_state && other->pref)
			*has_rival = true;
	}
	return better;
}

/*
 * The table of the design, and PREF: where the best usable state has preferred
 * paths, they are the first choice, and all others are not.
 */
static enum mpath_access_state expected_rank(const struct unit *unit, int n,
					     const struct scsi_mpath_path *path)
{
	bool outdone, preferred_beside, prefer = false;
	int i;

	if (!takes_io(path) || !counts(unit, n, path))
		return MPATH_STATE_OTHER;
	for (i = 0; i < n; i++)
		if (usable(unit->paths[i]) && counts(unit, n, unit->paths[i]) &&
		    unit->paths[i]->pref &&
		    !is_outdone(unit, n, unit->paths[i], &preferred_beside))
			prefer = true;
	outdone = is_outdone(unit, n, path, &preferred_beside);
	if (prefer)
		return !outdone && path->pref && preferred_beside ?
			       MPATH_STATE_OPTIMIZED : MPATH_STATE_NONOPTIMIZED;
	return path->alua_state == ALUA_OPTIMIZED ? MPATH_STATE_OPTIMIZED :
						    MPATH_STATE_NONOPTIMIZED;
}

static bool check_ranks(struct kunit *test, const unsigned int *kinds, int n)
{
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path;
	bool ok = true;
	int i;

	for (i = 0; i < n; i++)
		set_kind(unit->paths[i], kinds[i]);
	mutex_lock(&unit->lu.lock);
	scsi_mpath_rank_paths(&unit->lu);
	mutex_unlock(&unit->lu.lock);
	for (i = 0; i < n; i++)
		if (unit->paths[i]->mdev.access_state !=
		    expected_rank(unit, n, unit->paths[i]))
			ok = false;
	for (i = 0; i < n && !ok; i++) {
		path = unit->paths[i];
		kunit_err(test, "path %d of %d: state %#x pref %d usable %d: rank %d, not %d",
			  i, n, path->alua_state, path->pref, usable(path),
			  path->mdev.access_state, expected_rank(unit, n, path));
	}
	return ok;
}

static bool next_kinds(unsigned int *kinds, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (++kinds[i] < NR_KINDS)
			return true;
		kinds[i] = 0;
	}
	return false;
}

/* Every combination of state, PREF and fitness of up to three paths */
static void path_rank(struct kunit *test)
{
	unsigned int kinds[MAX_PATHS] = {};
	struct unit *unit = test->priv;
	int n;

	for (n = 0; n <= MAX_PATHS; n++) {
		if (n)
			list_add_tail(&unit->paths[n - 1]->lu_entry,
				      &unit->lu.paths);
		do {
			if (!check_ranks(test, kinds, n)) {
				KUNIT_FAIL(test, "wrong rank");
				return;
			}
			cond_resched();
		} while (next_kinds(kinds, n));
	}
}

/* What the table says of one path alone; only a known state moves data. */
static void path_rank_alone(struct kunit *test)
{
	struct unit *unit = test->priv;
	struct scsi_mpath_path *path = unit->paths[0];
	int state;

	list_add_tail(&path->lu_entry, &unit->lu.paths);
	mutex_lock(&unit->lu.lock);
	for (state = 0; state < 256; state++) {
		path->alua_state = state;
		scsi_mpath_rank_paths(&unit->lu);
		KUNIT_EXPECT_EQ_MSG(test, (int)path->mdev.access_state,
				    state == 0 ? MPATH_STATE_OPTIMIZED :
				    state == 1 || state == 4 ?
				    MPATH_STATE_NONOPTIMIZED : MPATH_STATE_OTHER,
				    "state %#x", state);
	}
	mutex_unlock(&unit->lu.lock);
}

static struct kunit_case path_cases[] = {
	KUNIT_CASE_PARAM(path_device_state, device_gen_params),
	KUNIT_CASE(path_host_state),
	KUNIT_CASE(path_flags),
	KUNIT_CASE(path_asked_for_unit),
	KUNIT_CASE(path_is_optimized),
	KUNIT_CASE(path_rank),
	KUNIT_CASE(path_rank_alone),
	{}
};

static struct kunit_suite path_suite = {
	.name = "scsi_mpath_path",
	.init = path_init,
	.exit = path_exit,
	.test_cases = path_cases,
};

kunit_test_suite(path_suite);
