// SPDX-License-Identifier: GPL-2.0
/*
 * Decoding of REPORT TARGET PORT GROUPS. Targets lie and transfers are cut
 * short: nothing behind what was transferred may make a difference.
 */
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/unaligned.h>

#include "../alua.h"

#define MAX_GROUPS	5
#define MAX_PORTS	4
#define MAX_LEN		(8 + MAX_GROUPS * (8 + 4 * MAX_PORTS))

/**
 * struct report - a report to decode
 * @buf: its bytes; those from @len on were not transferred
 * @len: how many bytes there are
 * @starts: where the descriptors start
 * @nr_groups: how many there are
 */
struct report {
	u8 buf[MAX_LEN + 16];
	size_t len;
	size_t starts[MAX_GROUPS];
	int nr_groups;
};

static const u8 states[] = { 0x0, 0x1, 0x2, 0x3, 0x4, 0xe, 0xf };

/* What group @i of a report is like */
static u16 id_of(int i)
{
	return 0x100 * (i + 1) + 0xf0 + i;
}

static u8 state_of(int i)
{
	return states[i % ARRAY_SIZE(states)];
}

static bool pref_of(int i)
{
	return i % 2;
}

static u8 ports_of(int i)
{
	return (i * 3 + 1) % (MAX_PORTS + 1);
}

/* SPC-4 6.27, tables 249 to 252; bits that say nothing to us are set. */
static void build(struct report *report, int nr_groups, bool extended)
{
	u8 *buf = report->buf, *desc;
	int i;

	memset(report, 0, sizeof(*report));
	report->len = 4;
	if (extended) {
		buf[4] = 0x10;
		buf[5] = 77;
		report->len = 8;
	}
	for (i = 0; i < nr_groups; i++) {
		report->starts[i] = report->len;
		desc = buf + report->len;
		desc[0] = (pref_of(i) ? 0x80 : 0) | state_of(i);
		desc[1] = 0xcf;
		put_unaligned_be16(id_of(i), desc + 2);
		desc[4] = 0xff;
		desc[7] = ports_of(i);
		memset(desc + 8, 0xa5, 4 * ports_of(i));
		report->len += 8 + 4 * ports_of(i);
	}
	report->nr_groups = nr_groups;
	put_unaligned_be32(report->len - 4, buf);
}

/* Decodes and returns how many groups there were, all of them as built. */
static int decode(struct kunit *test, const struct report *report, size_t len)
{
	struct alua_report walk;
	struct alua_group group;
	int n = 0;

	if (!alua_open_report(&walk, report->buf, len))
		return -1;
	while (alua_next_group(&walk, &group)) {
		KUNIT_ASSERT_LT(test, n, report->nr_groups);
		KUNIT_EXPECT_EQ(test, group.id, id_of(n));
		KUNIT_EXPECT_EQ(test, group.state, state_of(n));
		KUNIT_EXPECT_EQ(test, group.pref, pref_of(n));
		n++;
	}
	return n;
}

static void alua_whole_report(struct kunit *test)
{
	struct alua_report walk;
	struct report report;
	int n, extended;

	for (n = 0; n <= MAX_GROUPS; n++) {
		for (extended = 0; extended <= 1; extended++) {
			build(&report, n, extended);
			KUNIT_EXPECT_EQ(test, decode(test, &report, report.len), n);
			KUNIT_ASSERT_TRUE(test, alua_open_report(&walk, report.buf,
								 report.len));
			KUNIT_EXPECT_EQ(test, walk.needed, report.len);
			KUNIT_EXPECT_EQ(test, walk.transition_secs, extended ? 77 : 0);
		}
	}
}

/* Descriptors whose fixed part is within @end */
static int whole_groups(const struct report *report, size_t end)
{
	int i, n = 0;

	for (i = 0; i < report->nr_groups; i++)
		n += report->starts[i] + 8 <= end;
	return n;
}

/* As many bytes as there were time or room for. The target says how many more. */
static void alua_cut_short(struct kunit *test)
{
	struct alua_report walk;
	struct report report;
	size_t len;
	int extended;

	for (extended = 0; extended <= 1; extended++) {
		build(&report, MAX_GROUPS, extended);
		for (len = 0; len < 4; len++)
			KUNIT_EXPECT_EQ(test, decode(test, &report, len), -1);
		/* Of an extended header that is cut nothing is understood. */
		for (len = extended ? 8 : 4; len <= report.len; len++) {
			KUNIT_EXPECT_EQ(test, decode(test, &report, len),
					whole_groups(&report, len));
			alua_open_report(&walk, report.buf, len);
			KUNIT_EXPECT_EQ(test, walk.needed, report.len);
		}
	}
}

/* The length in the header says less, or more, than there is. */
static void alua_lying_length(struct kunit *test)
{
	static const u32 large[] = { 0x7fffffff, 0x80000000, 0xfffffffb,
				     0xfffffffc, 0xffffffff };
	struct alua_report walk;
	struct report report;
	u32 said;
	int i;

	build(&report, MAX_GROUPS, false);
	for (said = 0; said < report.len + 16; said++) {
		put_unaligned_be32(said, report.buf);
		KUNIT_EXPECT_EQ(test, decode(test, &report, report.len),
				whole_groups(&report, min(said + 4, report.len)));
	}
	for (i = 0; i < ARRAY_SIZE(large); i++) {
		put_unaligned_be32(large[i], report.buf);
		KUNIT_EXPECT_EQ(test, decode(test, &report, report.len), MAX_GROUPS);
		alua_open_report(&walk, report.buf, report.len);
		KUNIT_EXPECT_EQ(test, walk.needed, (size_t)large[i] + 4);
	}
}

/* A descriptor with more ports than there is room for still counts, the last. */
static void alua_lying_port_count(struct kunit *test)
{
	struct report report;
	int i;

	for (i = 0; i < MAX_GROUPS; i++) {
		build(&report, MAX_GROUPS, false);
		report.buf[report.starts[i] + 7] = 255;
		KUNIT_EXPECT_EQ(test, decode(test, &report, report.len), i + 1);
	}
}

/* What a walk over anything at all comes to, as one number */
static u64 digest(struct kunit *test, const u8 *buf, size_t len)
{
	struct alua_report walk;
	struct alua_group group;
	size_t before;
	u64 sum;

	if (!alua_open_report(&walk, buf, len))
		return 0;
	sum = walk.needed * 31 + walk.transition_secs + 1;
	for (before = walk.next; alua_next_group(&walk, &group); before = walk.next) {
		KUNIT_ASSERT_GT(test, walk.next, before);
		KUNIT_ASSERT_LE(test, before + 8, len);
		sum = sum * 31 + (group.id << 8 | group.state << 1 | group.pref);
	}
	return sum;
}

/* Noise of every length, with two kinds of memory behind it */
static void alua_noise(struct kunit *test)
{
	struct rnd_state rnd;
	u8 a[128], b[128];
	size_t len;
	int i;

	prandom_seed_state(&rnd, 20);
	for (i = 0; i < 20000; i++) {
		len = prandom_u32_state(&rnd) % 65;
		memset(a, 0x00, sizeof(a));
		memset(b, 0xff, sizeof(b));
		prandom_bytes_state(&rnd, a, len);
		/* Else next to no length would fit. */
		if (len >= 4 && i % 4)
			put_unaligned_be32(a[3] % 80, a);
		memcpy(b, a, len);
		KUNIT_ASSERT_EQ_MSG(test, digest(test, a, len), digest(test, b, len),
				    "seed 20, round %d, %zu bytes", i, len);
	}
}

/* Reserved values must not be taken for a state that moves data. */
static void alua_active_states(struct kunit *test)
{
	int state;

	for (state = 0; state < 256; state++)
		KUNIT_EXPECT_EQ_MSG(test, alua_state_is_active(state),
				    state == 0 || state == 1 || state == 4,
				    "state %#x", state);
}

static struct kunit_case alua_cases[] = {
	KUNIT_CASE(alua_whole_report),
	KUNIT_CASE(alua_cut_short),
	KUNIT_CASE(alua_lying_length),
	KUNIT_CASE(alua_lying_port_count),
	KUNIT_CASE(alua_noise),
	KUNIT_CASE(alua_active_states),
	{}
};

static struct kunit_suite alua_suite = {
	.name = "scsi_mpath_alua",
	.test_cases = alua_cases,
};

kunit_test_suite(alua_suite);
