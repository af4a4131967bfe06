// SPDX-License-Identifier: GPL-2.0
/*
 * Path selection against an oracle, over every combination of what the
 * policies look at. The oracle does not walk and keep the best so far, as the
 * policies do: it says of each path whether choosing it would be right.
 */
#include <linux/topology.h>

#include "mpath_fake.h"
#include "../internal.h"

/* What a path may be like, and what was used before. */
#define NR_STATES	3
#define NR_NODES	3
#define NR_DEPTHS	3
#define NONE		(-1)

/**
 * struct dims - what is varied
 * @fitness: number of ways to be fit for use, or not
 * @nodes: number of nodes a path may sit on; 1 is none in particular
 * @depths: number of queue depths
 * @last: the path used before is varied as well
 */
struct dims {
	int fitness;
	int nodes;
	int depths;
	bool last;
};

/* The node of the CPU we run on, another one, and no node. */
static int node_of_kind(int kind)
{
	const int nodes[NR_NODES] = { NUMA_NO_NODE, numa_node_id(),
				      numa_node_id() + 1 };

	return nodes[kind];
}

static int nr_kinds(const struct dims *dims)
{
	return NR_STATES * dims->fitness * dims->nodes * dims->depths;
}

static void set_kind(struct mpath_fake_path *path, const struct dims *dims,
		     unsigned int kind)
{
	path->mdev.access_state = kind % NR_STATES;
	kind /= NR_STATES;
	mpath_fake_set_fitness(path, kind % dims->fitness);
	kind /= dims->fitness;
	path->mdev.numa_node = node_of_kind(kind % dims->nodes);
	kind /= dims->nodes;
	atomic_set(&path->nr_active, kind);
}

static bool usable(const struct mpath_fake_path *path)
{
	return mpath_fake_is_fit(path) &&
	       path->mdev.access_state != MPATH_STATE_OTHER;
}

/* 0: nothing is better than being optimized. */
static int state_rank(const struct mpath_fake_path *path)
{
	return path->mdev.access_state == MPATH_STATE_OPTIMIZED ? 0 : 1;
}

static int distance(const struct mpath_fake_path *path)
{
	if (path->mdev.numa_node == NUMA_NO_NODE)
		return LOCAL_DISTANCE;
	return node_distance(numa_node_id(), path->mdev.numa_node);
}

static int depth(const struct mpath_fake_path *path)
{
	return atomic_read(&path->nr_active);
}

static int same(const struct mpath_fake_path *path)
{
	return 0;
}

/* Is no usable path ahead of this one, first by its state, then by @cost? */
static bool is_best(const struct mpath_fake *fake, int chosen,
		    int (*cost)(const struct mpath_fake_path *path))
{
	const struct mpath_fake_path *path = &fake->paths[chosen], *other;
	int i, ahead = 0;

	for (i = 0; i < fake->nr_paths; i++) {
		other = &fake->paths[i];
		if (usable(other) &&
		    (state_rank(other) < state_rank(path) ||
		     (state_rank(other) == state_rank(path) &&
		      cost(other) < cost(path))))
			ahead++;
	}
	return usable(path) && !ahead;
}

static bool any_usable(const struct mpath_fake *fake)
{
	int i, n = 0;

	for (i = 0; i < fake->nr_paths; i++)
		n += usable(&fake->paths[i]);
	return n;
}

/* A remembered path is kept while it is optimized; else the closest is taken. */
static bool numa_is_right(const struct mpath_fake *fake, int last, int chosen)
{
	if (last != NONE && usable(&fake->paths[last]) &&
	    !state_rank(&fake->paths[last]))
		return chosen == last;
	return is_best(fake, chosen, distance);
}

/* The first of the best that comes after the last one, round the list. */
static bool rr_is_right(const struct mpath_fake *fake, int last, int chosen)
{
	int i;

	if (last == NONE)
		return is_best(fake, chosen, same);
	for (i = 1; i <= fake->nr_paths; i++)
		if (is_best(fake, (last + i) % fake->nr_paths, same))
			return chosen == (last + i) % fake->nr_paths;
	return false;
}

static bool qd_is_right(const struct mpath_fake *fake, int last, int chosen)
{
	return is_best(fake, chosen, depth);
}

typedef bool (*oracle_t)(const struct mpath_fake *fake, int last, int chosen);

static const oracle_t oracles[] = {
	[MPATH_IOPOLICY_NUMA] = numa_is_right,
	[MPATH_IOPOLICY_RR] = rr_is_right,
	[MPATH_IOPOLICY_QD] = qd_is_right,
};

/*
 * Let the head use path @last once, whatever it remembers then. NONE: it has
 * not used any of its paths, or the one it used is gone.
 */
static void use_last(struct mpath_fake *fake, int last)
{
	int i;

	mpath_clear_paths(fake->head);
	this_cpu_write(fake->head->rr_cursor->last, NULL);
	if (last == NONE)
		return;
	for (i = 0; i < fake->nr_paths; i++)
		mpath_fake_set_fitness(&fake->paths[i], i == last ?
				       MPATH_FAKE_FIT : MPATH_FAKE_DISABLED);
	fake->paths[last].mdev.access_state = MPATH_STATE_OPTIMIZED;
	mpath_fake_choose(fake);
}

static void explain(struct kunit *test, int last, int chosen, int again)
{
	struct mpath_fake *fake = test->priv;
	struct mpath_fake_path *path;
	int i;

	kunit_err(test, "policy %d, last used %d: chosen %d, then %d, of",
		  fake->iopolicy, last, chosen, again);
	for (i = 0; i < fake->nr_paths; i++) {
		path = &fake->paths[i];
		kunit_err(test, "path %d: state %d fit %d node %d depth %d", i,
			  path->mdev.access_state, mpath_fake_is_fit(path),
			  path->mdev.numa_node, depth(path));
	}
}

/*
 * Two choices in a row, so that what the first one left behind is looked at
 * too. Nothing else may move to another CPU or node meanwhile.
 */
static bool check_choice(struct kunit *test, const struct dims *dims,
			 const unsigned int *kinds, int last)
{
	struct mpath_fake *fake = test->priv;
	oracle_t is_right = oracles[fake->iopolicy];
	int i, chosen, again;
	bool ok;

	migrate_disable();
	use_last(fake, last);
	for (i = 0; i < fake->nr_paths; i++)
		set_kind(&fake->paths[i], dims, kinds[i]);
	chosen = mpath_fake_choose(fake);
	again = mpath_fake_choose(fake);
	if (any_usable(fake))
		ok = chosen != NONE && again != NONE &&
		     is_right(fake, last, chosen) &&
		     is_right(fake, chosen, again);
	else
		ok = chosen == NONE && again == NONE;
	migrate_enable();

	if (!ok)
		explain(test, last, chosen, again);
	return ok;
}

/* Counts up; false when it has wrapped. */
static bool next_kinds(unsigned int *kinds, int n, unsigned int base)
{
	int i;

	for (i = 0; i < n; i++) {
		if (++kinds[i] < base)
			return true;
		kinds[i] = 0;
	}
	return false;
}

static void check_all(struct kunit *test, enum mpath_iopolicy_e policy,
		      const struct dims *dims, int max_paths)
{
	unsigned int kinds[MPATH_FAKE_PATHS];
	struct mpath_fake *fake = test->priv;
	unsigned long checked = 0;
	int n, last;

	fake->iopolicy = policy;
	for (n = 0; n <= max_paths; n++) {
		mpath_fake_set_nr_paths(test, n);
		memset(kinds, 0, sizeof(kinds));
		do {
			for (last = NONE; last < (dims->last ? n : 0); last++) {
				if (!check_choice(test, dims, kinds, last)) {
					KUNIT_FAIL(test, "wrong path");
					return;
				}
				checked++;
			}
			cond_resched();
		} while (next_kinds(kinds, n, nr_kinds(dims)));
	}
	kunit_info(test, "%lu combinations", checked);
}

static void select_numa(struct kunit *test)
{
	static const struct dims dims = { 2, NR_NODES, 1, true };

	check_all(test, MPATH_IOPOLICY_NUMA, &dims, MPATH_FAKE_PATHS);
}

static void select_round_robin(struct kunit *test)
{
	static const struct dims dims = { MPATH_FAKE_NR_FITNESS, 1, 1, true };

	check_all(test, MPATH_IOPOLICY_RR, &dims, MPATH_FAKE_PATHS);
}

static void select_queue_depth(struct kunit *test)
{
	static const struct dims dims = { 2, 1, NR_DEPTHS, false };

	check_all(test, MPATH_IOPOLICY_QD, &dims, MPATH_FAKE_PATHS);
}

/* With everything varied, what a policy should not look at must not matter. */
static void select_two_of_everything(struct kunit *test)
{
	static const struct dims dims = {
		MPATH_FAKE_NR_FITNESS, NR_NODES, NR_DEPTHS, true
	};
	int policy;

	for (policy = MPATH_IOPOLICY_NUMA; policy <= MPATH_IOPOLICY_QD; policy++)
		check_all(test, policy, &dims, 2);
}

static void select_numa_leaves_disabled(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 2);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	fake->paths[0].disabled = true;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
	/* The way back is not taken: it would move I/O for nothing. */
	fake->paths[0].disabled = false;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
	fake->paths[1].disabled = true;
	fake->paths[0].disabled = true;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), NONE);
	fake->paths[1].disabled = false;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
}

static void select_numa_follows_state(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 2);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	fake->paths[0].mdev.access_state = MPATH_STATE_NONOPTIMIZED;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
	fake->paths[1].mdev.access_state = MPATH_STATE_OTHER;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	fake->paths[0].mdev.access_state = MPATH_STATE_OTHER;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), NONE);
	/* Nobody clears what is remembered when a better path appears. */
	fake->paths[0].mdev.access_state = MPATH_STATE_NONOPTIMIZED;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	fake->paths[1].mdev.access_state = MPATH_STATE_OPTIMIZED;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
}

static void select_numa_forgets_removed(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;

	mpath_fake_set_nr_paths(test, 2);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	/* Its memory would be gone: not even to be asked whether it is usable. */
	mpath_fake_remove_path(&fake->paths[0]);
	fake->paths[0].disabled = false;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
	mpath_fake_remove_path(&fake->paths[1]);
	fake->paths[1].disabled = false;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), NONE);
}

/* Each path that is left gets its turn, whichever was removed and when. */
static void rr_after_removal(struct kunit *test, int removed, int turns)
{
	struct mpath_fake *fake = test->priv;
	unsigned int seen = 0;
	int i;

	mpath_fake_set_nr_paths(test, MPATH_FAKE_PATHS);
	migrate_disable();
	for (i = 0; i < turns; i++)
		mpath_fake_choose(fake);
	migrate_enable();
	mpath_fake_remove_path(&fake->paths[removed]);

	migrate_disable();
	for (i = 1; i < MPATH_FAKE_PATHS; i++)
		seen |= BIT(mpath_fake_choose(fake) & 31);
	migrate_enable();
	KUNIT_EXPECT_EQ_MSG(test, seen,
			    (BIT(MPATH_FAKE_PATHS) - 1) & ~BIT(removed),
			    "path %d removed after %d turns", removed, turns);
}

static void select_round_robin_removed(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	int removed, turns;

	fake->iopolicy = MPATH_IOPOLICY_RR;
	for (removed = 0; removed < MPATH_FAKE_PATHS; removed++)
		for (turns = 0; turns <= MPATH_FAKE_PATHS; turns++)
			rr_after_removal(test, removed, turns);
}

/* Until no path is left, and then with a path that is new. */
static void select_round_robin_to_the_last(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	int left, chosen;

	fake->iopolicy = MPATH_IOPOLICY_RR;
	mpath_fake_set_nr_paths(test, MPATH_FAKE_PATHS);
	for (left = MPATH_FAKE_PATHS; left > 0; left--) {
		chosen = mpath_fake_choose(fake);
		KUNIT_ASSERT_GE(test, chosen, 0);
		KUNIT_ASSERT_TRUE(test, fake->paths[chosen].listed);
		mpath_fake_remove_path(&fake->paths[chosen]);
	}
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), NONE);
	mpath_fake_set_nr_paths(test, 1);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
}

/* A deep optimized queue is still better than an idle one that is not. */
static void select_queue_depth_extremes(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;

	fake->iopolicy = MPATH_IOPOLICY_QD;
	mpath_fake_set_nr_paths(test, 2);
	fake->paths[1].mdev.access_state = MPATH_STATE_NONOPTIMIZED;
	atomic_set(&fake->paths[0].nr_active, INT_MAX - 1);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	fake->paths[1].mdev.access_state = MPATH_STATE_OPTIMIZED;
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 1);
	atomic_set(&fake->paths[1].nr_active, INT_MAX);
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
}

/* Selection reads both without a look. */
static void select_needs_disk_and_depth(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct mpath_fake_path *path = &fake->paths[0];

	mpath_fake_set_nr_paths(test, 0);
	memset(&path->mdev, 0, sizeof(path->mdev));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			mpath_add_device(fake->head, &path->mdev, NULL,
					 NUMA_NO_NODE, &path->nr_active));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			mpath_add_device(fake->head, &path->mdev, path->disk,
					 NUMA_NO_NODE, NULL));
	KUNIT_EXPECT_TRUE(test, mpath_head_devices_empty(fake->head));
}

static struct kunit_case select_cases[] = {
	KUNIT_CASE(select_numa),
	KUNIT_CASE(select_round_robin),
	KUNIT_CASE(select_queue_depth),
	KUNIT_CASE(select_two_of_everything),
	KUNIT_CASE(select_numa_leaves_disabled),
	KUNIT_CASE(select_numa_follows_state),
	KUNIT_CASE(select_numa_forgets_removed),
	KUNIT_CASE(select_round_robin_removed),
	KUNIT_CASE(select_round_robin_to_the_last),
	KUNIT_CASE(select_queue_depth_extremes),
	KUNIT_CASE(select_needs_disk_and_depth),
	{}
};

static struct kunit_suite select_suite = {
	.name = "mpath_select",
	.init = mpath_fake_init,
	.exit = mpath_fake_exit,
	.test_cases = select_cases,
};

kunit_test_suite(select_suite);
