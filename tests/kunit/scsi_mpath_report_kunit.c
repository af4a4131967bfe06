// SPDX-License-Identifier: GPL-2.0
/*
 * Which group of a report is a path's own. Part of alua.c, whose functions are
 * static.
 */
#include <kunit/test.h>
#include <linux/unaligned.h>

/* A group of a report: its number and up to two ports, 0 for none */
struct described {
	u16 id;
	u16 ports[2];
};

#define MAX_DESCRIBED	3

/**
 * struct report_case - a report, and what a path has of it
 * @name: of the case
 * @groups: what the report says, until one without a number
 * @cut: by how many bytes the report is too short
 * @tpg: the group the path is in as far as is known, -1 for none
 * @rel_port: the path's port, -1 if it is not known
 * @own: the index of the group that is its own if the report came through it;
 *	 -1 for none
 * @others: the same if it came through another path
 */
struct report_case {
	const char *name;
	struct described groups[MAX_DESCRIBED];
	int tpg, rel_port;
	int own, others;
	size_t cut;
};

static const struct report_case report_cases[] = {
	{ "group and port agree", { { 1, { 10 } }, { 2, { 20 } } },
	  2, 20, 1, 1 },
	{ "second port of the group", { { 1, { 10, 11 } }, { 2, { 20 } } },
	  1, 11, 0, 0 },
	{ "the port moved", { { 1, { 10, 20 } }, { 2, { 30 } } },
	  2, 20, 0, -1 },
	{ "the port moved, the group is empty", { { 1, { 10, 20 } }, { 2 } },
	  2, 20, 0, -1 },
	{ "the port moved, the group is gone", { { 1, { 10, 20 } } },
	  2, 20, 0, -1 },
	{ "the port is in no group", { { 1, { 10 } }, { 2, { 30 } } },
	  2, 20, 1, -1 },
	{ "no group lists ports", { { 1 }, { 2 } },
	  2, 20, 1, -1 },
	{ "neither group nor port", { { 1, { 10 } }, { 3, { 30 } } },
	  2, 20, -1, -1 },
	{ "the port is not known", { { 1, { 10 } }, { 2, { 20 } } },
	  2, -1, 1, 1 },
	{ "no group, no port", { { 1, { 10 } }, { 2, { 20 } } },
	  -1, -1, -1, -1 },
	{ "the port in two groups", { { 1, { 20 } }, { 2, { 20 } } },
	  2, 20, 1, 1 },
	{ "the group twice", { { 2, { 10 } }, { 2, { 20 } }, { 2, { 20 } } },
	  2, 20, 1, 1 },
	{ "the group twice, both with the port", { { 2, { 20 } }, { 2, { 20 } } },
	  2, 20, 0, 0 },
	{ "the group is cut off", { { 1, { 10 } }, { 2, { 20 } } },
	  2, 20, 1, 1, .cut = 4 },
	{ "the port moved, another group is cut off", { { 1, { 20 } }, { 2 }, { 3, { 30 } } },
	  2, 20, 0, -1, .cut = 4 },
	{ "the port may be in the group cut off", { { 1, { 10 } }, { 3, { 20 } } },
	  2, 20, 1, -1, .cut = 4 },
	{ "the named group without the port, another cut off", { { 2, { 10 } }, { 3, { 30 } } },
	  2, 20, 0, -1, .cut = 4 },
	{ "the port in two others", { { 1, { 20 } }, { 3, { 20 } } },
	  2, 20, 0, -1 },
};

static void report_case_name(const struct report_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(report, report_cases, report_case_name);

#define REPORT_LEN	(4 + MAX_DESCRIBED * (8 + 2 * 4))

/* SPC-4 6.27. The state of a group is its index, by which it is found again. */
static size_t describe(u8 *buf, const struct described *groups)
{
	u8 *desc = buf + 4;
	int i, n;

	for (i = 0; i < MAX_DESCRIBED && groups[i].id; i++) {
		desc[0] = i;
		put_unaligned_be16(groups[i].id, desc + 2);
		for (n = 0; n < 2 && groups[i].ports[n]; n++)
			put_unaligned_be16(groups[i].ports[n], desc + 10 + 4 * n);
		desc[7] = n;
		desc += 8 + 4 * n;
	}
	put_unaligned_be32(desc - buf - 4, buf);
	return desc - buf;
}

static int found(struct scsi_mpath_path *path, bool asked,
		 const struct alua_report *report)
{
	struct alua_group group;

	return find_group(path, asked, *report, &group) ? group.state : -1;
}

static void report_own_group(struct kunit *test)
{
	const struct report_case *c = test->param_value;
	struct scsi_mpath_path *path;
	struct alua_report report;
	u8 buf[REPORT_LEN] = {};

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	path->tpg = c->tpg;
	path->rel_port = c->rel_port;
	KUNIT_ASSERT_TRUE(test, alua_open_report(&report, buf,
						 describe(buf, c->groups) - c->cut));
	KUNIT_EXPECT_EQ(test, found(path, true, &report), c->own);
	KUNIT_EXPECT_EQ(test, found(path, false, &report), c->others);
}

static struct scsi_mpath_path *path_of_target(struct kunit *test,
					      struct scsi_mpath_lu *lu, u64 target)
{
	struct scsi_mpath_path *path;

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	path->lu = lu;
	path->target = target;
	return path;
}

static struct scsi_mpath_lu *unit_in_round(struct kunit *test)
{
	struct scsi_mpath_lu *lu = kunit_kzalloc(test, sizeof(*lu), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lu);
	lu->rtpg_round = 1;
	return lu;
}

/* Its own target is believed, another one only what is known already. */
static void report_of_other_target(struct kunit *test)
{
	struct scsi_mpath_hearsay same = { .state = ALUA_OPTIMIZED };
	struct scsi_mpath_hearsay news = { .state = ALUA_STANDBY };
	struct scsi_mpath_lu *lu = unit_in_round(test);
	struct scsi_mpath_path *path = path_of_target(test, lu, 1);
	struct scsi_mpath_path *nameless = path_of_target(test, lu, 0);

	KUNIT_EXPECT_TRUE(test, is_believed(path, path, &news));
	KUNIT_EXPECT_TRUE(test, is_believed(path, path_of_target(test, lu, 1), &news));
	KUNIT_EXPECT_FALSE(test, is_believed(path, path_of_target(test, lu, 2), &news));
	KUNIT_EXPECT_TRUE(test, is_believed(path, path_of_target(test, lu, 2), &same));
	KUNIT_EXPECT_FALSE(test, is_believed(path, nameless, &news));
	KUNIT_EXPECT_FALSE(test, is_believed(nameless, path, &news));
	KUNIT_EXPECT_FALSE(test, is_believed(nameless, path_of_target(test, lu, 0), &news));
	KUNIT_EXPECT_TRUE(test, is_believed(nameless, path, &same));

	/* What was hearsay before is no more than that if it is heard again. */
	nameless->hearsay = true;
	KUNIT_EXPECT_FALSE(test, is_believed(nameless, path, &same));
}

/* That a port still takes no I/O is for itself to say. */
static void report_of_inactive(struct kunit *test)
{
	struct scsi_mpath_lu *lu = unit_in_round(test);
	struct scsi_mpath_path *path = path_of_target(test, lu, 1);
	struct scsi_mpath_path *other = path_of_target(test, lu, 2);
	struct scsi_mpath_hearsay said = {};

	for (said.state = 0; said.state < 16; said.state++) {
		path->alua_state = said.state;
		KUNIT_EXPECT_EQ(test, is_believed(path, other, &said),
				said.state == ALUA_OPTIMIZED ||
				said.state == ALUA_NONOPTIMIZED ||
				said.state == ALUA_LBA_DEPENDENT ||
				said.state == ALUA_TRANSITIONING);
	}
}

/* Whoever contradicts what others say round by round is heard alone. */
static void report_contradicted(struct kunit *test)
{
	struct scsi_mpath_hearsay own = { .state = ALUA_OPTIMIZED };
	struct scsi_mpath_hearsay said = { .state = ALUA_STANDBY };
	struct scsi_mpath_lu *lu = unit_in_round(test);
	struct scsi_mpath_path *path = path_of_target(test, lu, 1);
	struct scsi_mpath_path *other = path_of_target(test, lu, 2);
	int i;

	/* It agrees now and then: what it is told of is a change. */
	for (i = 0; i < 100; i++) {
		lu->rtpg_round++;
		hear(path, &said);
		compare_with_hearsay(path, i % 2 ? &said : &own);
		KUNIT_ASSERT_TRUE(test, is_believed(path, other, &own));
	}
	for (i = 0; i < CONTRADICTIONS_MAX; i++) {
		KUNIT_ASSERT_TRUE(test, is_believed(path, other, &own));
		lu->rtpg_round++;
		hear(path, &said);
		compare_with_hearsay(path, &own);
	}
	KUNIT_EXPECT_FALSE(test, is_believed(path, other, &own));
	KUNIT_EXPECT_TRUE(test, is_believed(path, path, &said));
	lu->rtpg_round++;
	hear(path, &said);
	KUNIT_EXPECT_NE(test, path->heard_round, lu->rtpg_round);
}

/* The first that is said in a round counts, and no round but this one. */
static void report_heard_first(struct kunit *test)
{
	struct scsi_mpath_hearsay first = { .state = ALUA_STANDBY };
	struct scsi_mpath_hearsay second = { .state = ALUA_UNAVAILABLE };
	struct scsi_mpath_lu *lu = unit_in_round(test);
	struct scsi_mpath_path *path = path_of_target(test, lu, 1);

	hear(path, &first);
	hear(path, &second);
	KUNIT_EXPECT_EQ(test, path->heard.state, ALUA_STANDBY);
	lu->rtpg_round++;
	compare_with_hearsay(path, &second);
	KUNIT_EXPECT_EQ(test, path->contradicted, 0);
	hear(path, &second);
	KUNIT_EXPECT_EQ(test, path->heard.state, ALUA_UNAVAILABLE);
}

static struct kunit_case report_test_cases[] = {
	KUNIT_CASE_PARAM(report_own_group, report_gen_params),
	KUNIT_CASE(report_of_other_target),
	KUNIT_CASE(report_of_inactive),
	KUNIT_CASE(report_contradicted),
	KUNIT_CASE(report_heard_first),
	{}
};

static struct kunit_suite report_suite = {
	.name = "scsi_mpath_report",
	.test_cases = report_test_cases,
};

kunit_test_suite(report_suite);
