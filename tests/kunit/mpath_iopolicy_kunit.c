// SPDX-License-Identifier: GPL-2.0
/*
 * Names of policies, as an admin writes and reads them. A NULL is not tested:
 * neither sysfs nor a module parameter hands one on.
 */
#include "mpath_fake.h"

struct name_case {
	const char *text;
	int policy;	/* or -EINVAL */
};

static const struct name_case name_cases[] = {
	{ "numa", MPATH_IOPOLICY_NUMA },
	{ "round-robin", MPATH_IOPOLICY_RR },
	{ "queue-depth", MPATH_IOPOLICY_QD },
	/* What echo writes */
	{ "numa\n", MPATH_IOPOLICY_NUMA },
	{ "round-robin\n", MPATH_IOPOLICY_RR },
	{ "queue-depth\n", MPATH_IOPOLICY_QD },
	/* Beginnings of a name, and a name with more behind it */
	{ "n", -EINVAL },
	{ "num", -EINVAL },
	{ "numa2", -EINVAL },
	{ "round", -EINVAL },
	{ "round-robi\n", -EINVAL },
	{ "round-robin-2", -EINVAL },
	{ "queue", -EINVAL },
	{ "queue-depths", -EINVAL },
	/* Nothing, or nothing but white space */
	{ "", -EINVAL },
	{ "\n", -EINVAL },
	{ " ", -EINVAL },
	/* Almost */
	{ " numa", -EINVAL },
	{ "numa ", -EINVAL },
	{ "numa\n\n", -EINVAL },
	{ "numa\nround-robin", -EINVAL },
	{ "NUMA", -EINVAL },
	{ "round_robin", -EINVAL },
	{ "service-time", -EINVAL },
	/* Numbers of the enum are no interface. */
	{ "0", -EINVAL },
	{ "1", -EINVAL },
};

static void describe_name(const struct name_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "'%*pE'", (int)strlen(c->text),
		 c->text);
}

KUNIT_ARRAY_PARAM(name, name_cases, describe_name);

/* Whatever was set before: a bad name changes nothing. */
static void iopolicy_set(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	enum mpath_iopolicy_e policy;
	int before, ret;

	for (before = MPATH_IOPOLICY_NUMA; before <= MPATH_IOPOLICY_QD; before++) {
		policy = before;
		ret = mpath_set_iopolicy(c->text, &policy);
		KUNIT_EXPECT_EQ(test, ret, min(c->policy, 0));
		KUNIT_EXPECT_EQ(test, (int)policy,
				c->policy < 0 ? before : c->policy);
	}
}

/* Through the file of the head's disk, which also forgets who was chosen. */
static void iopolicy_store(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	struct mpath_fake *fake = test->priv;
	size_t count = strlen(c->text);
	ssize_t ret;

	mpath_fake_set_nr_paths(test, 1);
	fake->iopolicy = MPATH_IOPOLICY_NUMA;
	KUNIT_ASSERT_EQ(test, mpath_fake_choose(fake), 0);

	ret = mpath_iopolicy_store(fake->head, c->text, count);
	if (c->policy < 0) {
		KUNIT_EXPECT_EQ(test, ret, (ssize_t)-EINVAL);
		KUNIT_EXPECT_EQ(test, (int)fake->iopolicy, MPATH_IOPOLICY_NUMA);
	} else {
		KUNIT_EXPECT_EQ(test, ret, (ssize_t)count);
		KUNIT_EXPECT_EQ(test, (int)fake->iopolicy, c->policy);
		KUNIT_EXPECT_FALSE(test, mpath_clear_current_path(&fake->paths[0].mdev));
	}
}

/* sysfs_emit() wants a page. */
static char *alloc_page_buf(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	return buf;
}

static void iopolicy_get(struct kunit *test)
{
	static const char * const lines[] = {
		[MPATH_IOPOLICY_NUMA] = "numa\n",
		[MPATH_IOPOLICY_RR] = "round-robin\n",
		[MPATH_IOPOLICY_QD] = "queue-depth\n",
	};
	char *buf = alloc_page_buf(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		KUNIT_EXPECT_EQ(test, mpath_get_iopolicy(buf, i),
				(int)strlen(lines[i]));
		KUNIT_EXPECT_STREQ(test, buf, lines[i]);
		KUNIT_EXPECT_EQ(test, mpath_iopolicy_show(i, buf),
				(ssize_t)strlen(lines[i]));
		KUNIT_EXPECT_STREQ(test, buf, lines[i]);
	}
}

/* The list of nodes is that of the numa policy, empty under every other. */
static void iopolicy_numa_nodes(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	char *buf = alloc_page_buf(test);
	char line[16];

	mpath_fake_set_nr_paths(test, 2);
	fake->iopolicy = MPATH_IOPOLICY_NUMA;
	migrate_disable();
	snprintf(line, sizeof(line), "%d\n", numa_node_id());
	KUNIT_EXPECT_EQ(test, mpath_fake_choose(fake), 0);
	migrate_enable();

	mpath_numa_nodes_show(&fake->paths[0].mdev, buf);
	KUNIT_EXPECT_STREQ(test, buf, line);
	mpath_numa_nodes_show(&fake->paths[1].mdev, buf);
	KUNIT_EXPECT_STREQ(test, buf, "\n");
	fake->iopolicy = MPATH_IOPOLICY_RR;
	mpath_numa_nodes_show(&fake->paths[0].mdev, buf);
	KUNIT_EXPECT_STREQ(test, buf, "\n");
}

static struct kunit_case iopolicy_cases[] = {
	KUNIT_CASE_PARAM(iopolicy_set, name_gen_params),
	KUNIT_CASE_PARAM(iopolicy_store, name_gen_params),
	KUNIT_CASE(iopolicy_get),
	KUNIT_CASE(iopolicy_numa_nodes),
	{}
};

static struct kunit_suite iopolicy_suite = {
	.name = "mpath_iopolicy",
	.init = mpath_fake_init,
	.exit = mpath_fake_exit,
	.test_cases = iopolicy_cases,
};

kunit_test_suite(iopolicy_suite);
