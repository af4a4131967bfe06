// SPDX-License-Identifier: GPL-2.0
/* What a head says it can do, and how long it holds I/O. */
#include <linux/jiffies.h>

#include "mpath_fake.h"
#include "../internal.h"

#define NR_STATES	3
#define NR_KINDS	(NR_STATES * MPATH_FAKE_NR_FITNESS * 4)

static void set_kind(struct mpath_fake_path *path, unsigned int kind)
{
	path->mdev.access_state = kind % NR_STATES;
	kind /= NR_STATES;
	mpath_fake_set_fitness(path, kind % MPATH_FAKE_NR_FITNESS);
	kind /= MPATH_FAKE_NR_FITNESS;
	/* A LUN that leads nowhere may lead to the unit again. */
	path->available = kind == 1 || kind == 3;
	path->transitioning = kind == 2;
	path->gone = kind == 3;
}

static bool may_hold(struct mpath_head *head)
{
	int srcu_idx = srcu_read_lock(&head->srcu);
	bool ret = mpath_may_hold(head);

	srcu_read_unlock(&head->srcu, srcu_idx);
	return ret;
}

/**
 * struct circumstances - what else the state depends on
 * @live: the disk is there for users
 * @over: the hold time is
 * @delayed: the disk outlives its last path, still
 */
struct circumstances {
	bool live;
	bool over;
	bool delayed;
};

static enum mpath_head_state expected_state(const struct mpath_fake *fake,
					    const struct circumstances *c)
{
	int i, usable = 0, available = 0, transitioning = 0, gone = 0;

	for (i = 0; i < fake->nr_paths; i++) {
		const struct mpath_fake_path *path = &fake->paths[i];

		usable += mpath_fake_is_fit(path) &&
			  path->mdev.access_state != MPATH_STATE_OTHER;
		available += path->available;
		transitioning += path->transitioning;
		gone += path->gone;
	}
	if (usable)
		return usable == fake->nr_paths ? MPATH_HEAD_ONLINE :
						  MPATH_HEAD_DEGRADED;
	if (gone && gone == fake->nr_paths)
		return MPATH_HEAD_GONE;
	if (c->live && (transitioning ||
			(!c->over && (available || c->delayed))))
		return MPATH_HEAD_NO_USABLE_PATH;
	return MPATH_HEAD_FAILED;
}

static void explain(struct kunit *test, const struct circumstances *c,
		    enum mpath_head_state state)
{
	struct mpath_fake *fake = test->priv;
	int i;

	kunit_err(test, "live %d, time over %d, removal delayed %d: %s with",
		  c->live, c->over, c->delayed, mpath_head_state_names[state]);
	for (i = 0; i < fake->nr_paths; i++)
		kunit_err(test, "path %d: state %d fit %d available %d transitioning %d gone %d",
			  i, fake->paths[i].mdev.access_state,
			  mpath_fake_is_fit(&fake->paths[i]),
			  fake->paths[i].available,
			  fake->paths[i].transitioning,
			  fake->paths[i].gone);
}

static bool check_state(struct kunit *test, const unsigned int *kinds,
			const struct circumstances *c)
{
	struct mpath_fake *fake = test->priv;
	enum mpath_head_state state;
	int i;

	for (i = 0; i < fake->nr_paths; i++)
		set_kind(&fake->paths[i], kinds[i]);
	assign_bit(MPATH_HEAD_DISK_LIVE, &fake->head->flags, c->live);
	fake->head->no_path_timeout = c->over ? 0 : -1;
	fake->head->delayed_removal_secs = c->delayed ? 1000 : 0;

	state = mpath_read_state(fake->head);
	if (state == expected_state(fake, c))
		return true;
	explain(test, c, state);
	return false;
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

static bool check_circumstances(struct kunit *test, const unsigned int *kinds)
{
	struct circumstances c;
	int i;

	for (i = 0; i < 8; i++) {
		c.live = i & 1;
		c.over = i & 2;
		c.delayed = i & 4;
		if (!check_state(test, kinds, &c))
			return false;
	}
	return true;
}

/* Every combination of up to three paths, in all circumstances */
static void state_of_paths(struct kunit *test)
{
	unsigned int kinds[MPATH_FAKE_PATHS] = {};
	int n;

	for (n = 0; n < MPATH_FAKE_PATHS; n++) {
		mpath_fake_set_nr_paths(test, n);
		do {
			if (!check_circumstances(test, kinds)) {
				KUNIT_FAIL(test, "wrong state");
				return;
			}
			cond_resched();
		} while (next_kinds(kinds, n));
	}
}

/* One path that is not usable now but may come back */
static struct mpath_head *head_without_usable_path(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 1);
	fake->paths[0].disabled = true;
	fake->paths[0].available = true;
	set_bit(MPATH_HEAD_DISK_LIVE, &fake->head->flags);
	return fake->head;
}

struct hold_case {
	const char *name;
	int timeout;	/* seconds */
	long ago;	/* seconds since the last path was lost; -1: no clock */
	bool over;
};

/* MPATH_NO_PATH_TIMEOUT_MAX seconds are close to INT_MAX jiffies. */
static const struct hold_case hold_cases[] = {
	{ "0 holds nothing", 0, -1, true },
	{ "0 holds nothing, long ago", 0, 1000, true },
	{ "-1 holds for ever", -1, -1, false },
	{ "-1 holds for ever, long ago", -1, 100000000, false },
	{ "1 before the clock runs", 1, -1, false },
	{ "60 at once", 60, 0, false },
	{ "1 when it ends", 1, 1, true },
	{ "1 later", 1, 2, true },
	{ "120 after 100", 120, 100, false },
	{ "120 after 120", 120, 120, true },
	{ "maximum at once", MPATH_NO_PATH_TIMEOUT_MAX, 0, false },
	{ "maximum after a day", MPATH_NO_PATH_TIMEOUT_MAX, 86400, false },
	{ "maximum when it ends", MPATH_NO_PATH_TIMEOUT_MAX,
	  MPATH_NO_PATH_TIMEOUT_MAX, true },
	{ "maximum later", MPATH_NO_PATH_TIMEOUT_MAX,
	  MPATH_NO_PATH_TIMEOUT_MAX + 100L, true },
};

KUNIT_ARRAY_PARAM_DESC(hold, hold_cases, name);

static void state_hold_time(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	const struct hold_case *c = test->param_value;

	head->no_path_timeout = c->timeout;
	/* 0 stands for no clock, and jiffies may have been it then. */
	head->no_path_since = c->ago < 0 ? 0 : (jiffies - c->ago * HZ) ?: -1UL;
	KUNIT_EXPECT_EQ(test, may_hold(head), !c->over);
	KUNIT_EXPECT_EQ(test, (int)mpath_read_state(head), c->over ?
			MPATH_HEAD_FAILED : MPATH_HEAD_NO_USABLE_PATH);
}

/* A path that cannot come back is not waited for, whatever the time. */
static void state_hold_for_nothing(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;

	head->no_path_timeout = -1;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	fake->paths[0].available = false;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	fake->paths[0].available = true;
	clear_bit(MPATH_HEAD_DISK_LIVE, &head->flags);
	KUNIT_EXPECT_FALSE(test, may_hold(head));
}

/* A path that has gone may be added anew while the removal is delayed. */
static void state_hold_for_removed(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;

	fake->paths[0].available = false;
	head->delayed_removal_secs = 100;
	head->no_path_timeout = -1;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	head->no_path_since = jiffies - 50 * HZ;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	head->no_path_since = jiffies - 100 * HZ;
	KUNIT_EXPECT_FALSE(test, may_hold(head));

	/* Of the two times the shorter one counts. */
	head->no_path_since = jiffies - 50 * HZ;
	head->no_path_timeout = 20;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	head->no_path_timeout = 200;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	/* A path that may come back is waited for longer. */
	head->no_path_since = jiffies - 150 * HZ;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	fake->paths[0].available = true;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
}

static void state_timeout_range(struct kunit *test)
{
	static const int good[] = { -1, 0, 1, 120, MPATH_NO_PATH_TIMEOUT_MAX };
	static const int bad[] = { -2, INT_MIN, MPATH_NO_PATH_TIMEOUT_MAX + 1,
				   INT_MAX };
	struct mpath_fake *fake = test->priv;
	struct mpath_head *head = fake->head;
	int i, j;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, good[i]), 0);
		KUNIT_EXPECT_EQ(test, head->no_path_timeout, good[i]);
		for (j = 0; j < ARRAY_SIZE(bad); j++) {
			KUNIT_EXPECT_EQ(test, -EINVAL,
					mpath_set_no_path_timeout(head, bad[j]));
			KUNIT_EXPECT_EQ(test, head->no_path_timeout, good[i]);
		}
	}
}

/* Waits for what a change has started. */
static void settle(void)
{
	flush_workqueue(mpath_wq);
}

/* A disk that is open is held for without a path, as long as for one with. */
static void state_hold_in_use(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 0);
	settle();
	head->no_path_since = 0;
	head->delayed_removal_secs = MPATH_REMOVAL_IN_USE;
	head->no_path_timeout = -1;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	KUNIT_EXPECT_FALSE(test, mpath_head_queue_if_no_path(head));
	atomic_set(&head->users, 1);
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	KUNIT_EXPECT_TRUE(test, mpath_head_queue_if_no_path(head));
	head->no_path_timeout = 0;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	KUNIT_EXPECT_FALSE(test, mpath_head_queue_if_no_path(head));
	head->no_path_timeout = 20;
	head->no_path_since = jiffies - 10 * HZ;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	head->no_path_since = jiffies - 20 * HZ;
	KUNIT_EXPECT_FALSE(test, may_hold(head));

	/* A path that stays and has no hope is no reason. */
	mpath_fake_set_nr_paths(test, 1);
	settle();
	fake->paths[0].disabled = true;
	fake->paths[0].available = false;
	head->no_path_timeout = -1;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	atomic_set(&head->users, 0);
}

/* A unit that is gone is not waited for, but for as long as all paths say so. */
static void state_hold_gone(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 2);
	fake->paths[0].disabled = true;
	fake->paths[1].disabled = true;
	head->no_path_timeout = -1;
	fake->paths[0].gone = true;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	fake->paths[1].gone = true;
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	KUNIT_EXPECT_EQ(test, (int)mpath_read_state(head), MPATH_HEAD_GONE);

	/* When the paths have left, that was their last word. */
	head->state = MPATH_HEAD_GONE;
	mpath_fake_remove_path(&fake->paths[0]);
	mpath_fake_remove_path(&fake->paths[1]);
	settle();
	KUNIT_EXPECT_EQ(test, (int)mpath_read_state(head), MPATH_HEAD_GONE);
	fake->paths[0].gone = false;
	mpath_fake_set_nr_paths(test, 1);
	fake->paths[0].disabled = true;
	KUNIT_EXPECT_TRUE(test, may_hold(head));
}

/*
 * The clock starts when no path is usable, and a timer with it; a path that
 * is back stops both. A new time counts from the old start.
 */
static void state_clock(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;
	unsigned long since;

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 1000), 0);
	settle();
	since = head->no_path_since;
	KUNIT_EXPECT_NE(test, since, 0UL);
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&head->no_path_work));
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_NO_USABLE_PATH);

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, -1), 0);
	settle();
	KUNIT_EXPECT_EQ(test, head->no_path_since, since);
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_NO_USABLE_PATH);

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 0), 0);
	settle();
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_FAILED);

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 1000), 0);
	settle();
	KUNIT_EXPECT_EQ(test, head->no_path_since, since);
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&head->no_path_work));

	fake->paths[0].disabled = false;
	mpath_path_changed(head);
	settle();
	KUNIT_EXPECT_EQ(test, head->no_path_since, 0UL);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&head->no_path_work));
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_ONLINE);
}

/* A transition stops the clock; it starts anew when the transition is over. */
static void state_clock_transition(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	struct mpath_fake *fake = test->priv;

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 1000), 0);
	settle();
	KUNIT_EXPECT_NE(test, head->no_path_since, 0UL);

	fake->paths[0].transitioning = true;
	mpath_path_changed(head);
	settle();
	KUNIT_EXPECT_EQ(test, head->no_path_since, 0UL);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&head->no_path_work));
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_NO_USABLE_PATH);

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 0), 0);
	settle();
	KUNIT_EXPECT_TRUE(test, may_hold(head));
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_NO_USABLE_PATH);

	fake->paths[0].transitioning = false;
	mpath_path_changed(head);
	settle();
	KUNIT_EXPECT_NE(test, head->no_path_since, 0UL);
	KUNIT_EXPECT_FALSE(test, may_hold(head));
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_FAILED);
}

/* The time ends by itself: nobody has to come and look. */
static void state_time_runs_out(struct kunit *test)
{
	struct mpath_head *head = head_without_usable_path(test);
	unsigned long end = jiffies + 60 * HZ;

	KUNIT_EXPECT_EQ(test, mpath_set_no_path_timeout(head, 1), 0);
	mpath_path_changed(head);
	while (READ_ONCE(head->state) != MPATH_HEAD_FAILED &&
	       time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, (int)head->state, MPATH_HEAD_FAILED);
	KUNIT_EXPECT_TRUE(test, time_after_eq(jiffies, head->no_path_since + HZ));
}

/* These are an interface: scripts compare with them. */
static void state_names(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, mpath_head_state_names[MPATH_HEAD_ONLINE],
			   "online");
	KUNIT_EXPECT_STREQ(test, mpath_head_state_names[MPATH_HEAD_DEGRADED],
			   "degraded");
	KUNIT_EXPECT_STREQ(test, mpath_head_state_names[MPATH_HEAD_NO_USABLE_PATH],
			   "no-usable-path");
	KUNIT_EXPECT_STREQ(test, mpath_head_state_names[MPATH_HEAD_FAILED],
			   "failed");
	KUNIT_EXPECT_STREQ(test, mpath_head_state_names[MPATH_HEAD_GONE], "gone");
}

static struct kunit_case state_cases[] = {
	KUNIT_CASE(state_of_paths),
	KUNIT_CASE_PARAM(state_hold_time, hold_gen_params),
	KUNIT_CASE(state_hold_for_nothing),
	KUNIT_CASE(state_hold_for_removed),
	KUNIT_CASE(state_hold_in_use),
	KUNIT_CASE(state_hold_gone),
	KUNIT_CASE(state_timeout_range),
	KUNIT_CASE(state_clock),
	KUNIT_CASE(state_clock_transition),
	KUNIT_CASE_SLOW(state_time_runs_out),
	KUNIT_CASE(state_names),
	{}
};

static struct kunit_suite state_suite = {
	.name = "mpath_state",
	.init = mpath_fake_init,
	.exit = mpath_fake_exit,
	.test_cases = state_cases,
};

kunit_test_suite(state_suite);
