// SPDX-License-Identifier: GPL-2.0
/*
 * What sense data says about access states, and how long a transition may take.
 * Part of alua.c, whose functions are static.
 */
#include <kunit/test.h>

/* SPC-4 5.9.2.4: LOGICAL UNIT NOT ACCESSIBLE, with the reason in the ASCQ */
static int expected_state(u8 asc, u8 ascq)
{
	if (asc == 0x04 && ascq == 0x0a)
		return 0xf;
	if (asc == 0x04 && ascq == 0x0b)
		return 0x2;
	if (asc == 0x04 && ascq == 0x0c)
		return 0x3;
	return -1;
}

/* Every additional sense code, whatever the sense key */
static void sense_tells_state(struct kunit *test)
{
	struct scsi_sense_hdr sshdr = {};
	int asc, ascq;

	for (asc = 0; asc < 256; asc++) {
		for (ascq = 0; ascq < 256; ascq++) {
			sshdr.asc = asc;
			sshdr.ascq = ascq;
			KUNIT_ASSERT_EQ_MSG(test, state_in_sense(&sshdr),
					    expected_state(asc, ascq),
					    "asc %#x ascq %#x", asc, ascq);
		}
	}
}

/* The design's list of unit attention conditions that call for new states */
static const struct {
	u8 asc;
	u8 first_ascq;
	u8 last_ascq;
	bool unit;		/* and may be those of another unit */
} reasons[] = {
	{ 0x29, 0x00, 0xff, true },	/* power on, reset, nexus loss */
	{ 0x2a, 0x06, 0x06, true },	/* asymmetric access state changed */
	{ 0x2a, 0x07, 0x07, false },	/* implicit transition failed */
	{ 0x3f, 0x03, 0x03, true },	/* INQUIRY data changed */
	{ 0x3f, 0x0e, 0x0e, true },	/* reported LUNs data changed */
};

static bool is_reason(u8 asc, u8 ascq, bool unit)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (asc == reasons[i].asc && ascq >= reasons[i].first_ascq &&
		    ascq <= reasons[i].last_ascq)
			return !unit || reasons[i].unit;
	return false;
}

static void sense_calls_for_commands(struct kunit *test)
{
	struct scsi_sense_hdr sshdr = { .sense_key = UNIT_ATTENTION };
	int asc, ascq;

	for (asc = 0; asc < 256; asc++) {
		for (ascq = 0; ascq < 256; ascq++) {
			sshdr.asc = asc;
			sshdr.ascq = ascq;
			KUNIT_ASSERT_EQ_MSG(test, calls_for_rtpg(&sshdr),
					    is_reason(asc, ascq, false),
					    "asc %#x ascq %#x", asc, ascq);
			KUNIT_ASSERT_EQ_MSG(test, calls_for_inquiry(&sshdr),
					    is_reason(asc, ascq, true),
					    "asc %#x ascq %#x", asc, ascq);
		}
	}
}

static struct scsi_mpath_path *transition_path(struct kunit *test)
{
	struct scsi_mpath_path *path;

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	return path;
}

/* A state that lasts is taken as it is, and ends a transition. */
static void sense_no_transition(struct kunit *test)
{
	struct scsi_mpath_path *path = transition_path(test);
	int state;

	for (state = 0; state < 16; state++) {
		if (state == ALUA_TRANSITIONING)
			continue;
		path->transition_end = jiffies + 1000 * HZ;
		KUNIT_EXPECT_EQ(test, bound_transition(path, state, 10), state);
		KUNIT_EXPECT_EQ(test, path->transition_end, 0UL);
	}
}

/* As long as the target said it may take, 255 s if it said nothing */
static void sense_transition_ends(struct kunit *test)
{
	static const u8 secs[] = { 0, 1, 10, 255 };
	struct scsi_mpath_path *path = transition_path(test);
	unsigned long before, after;
	int i;

	for (i = 0; i < ARRAY_SIZE(secs); i++) {
		path->transition_end = 0;
		before = jiffies + (secs[i] ? secs[i] : 255) * HZ;
		KUNIT_EXPECT_EQ(test, ALUA_TRANSITIONING,
				bound_transition(path, ALUA_TRANSITIONING, secs[i]));
		after = jiffies + (secs[i] ? secs[i] : 255) * HZ;
		KUNIT_EXPECT_TRUE(test, time_in_range(path->transition_end,
						      before, after));

		/* Seen again, it does not start anew. */
		path->transition_end = jiffies + 100 * HZ;
		after = path->transition_end;
		KUNIT_EXPECT_EQ(test, ALUA_TRANSITIONING,
				bound_transition(path, ALUA_TRANSITIONING, secs[i]));
		KUNIT_EXPECT_EQ(test, path->transition_end, after);

		path->transition_end = jiffies;
		KUNIT_EXPECT_EQ(test, ALUA_STANDBY,
				bound_transition(path, ALUA_TRANSITIONING, secs[i]));
		path->transition_end = jiffies - 1000 * HZ;
		KUNIT_EXPECT_EQ(test, ALUA_STANDBY,
				bound_transition(path, ALUA_TRANSITIONING, secs[i]));
	}
}

static struct kunit_case sense_cases[] = {
	KUNIT_CASE(sense_tells_state),
	KUNIT_CASE(sense_calls_for_commands),
	KUNIT_CASE(sense_no_transition),
	KUNIT_CASE(sense_transition_ends),
	{}
};

static struct kunit_suite sense_suite = {
	.name = "scsi_mpath_sense",
	.test_cases = sense_cases,
};

kunit_test_suite(sense_suite);
