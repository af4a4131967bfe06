// SPDX-License-Identifier: GPL-2.0
/*
 * What a return costs, whom an error is put down to, and what a probe may hear.
 * Part of health.c, whose functions are static.
 */
#include <kunit/test.h>

static void health_first_loss(struct kunit *test)
{
	struct scsi_mpath_health health = {};

	KUNIT_EXPECT_EQ(test, next_probation(&health), 0);
}

/* Lost again as soon as it is trusted: twice as long each time, to a limit. */
static void health_probation_doubles(struct kunit *test)
{
	static const unsigned int secs[] = { 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };
	struct scsi_mpath_health health = {};
	int i;

	for (i = 0; i < ARRAY_SIZE(secs); i++) {
		health.trusted = jiffies ?: 1;
		health.probation = next_probation(&health);
		KUNIT_EXPECT_EQ(test, health.probation, secs[i]);
	}
}

static void health_relapse(struct kunit *test)
{
	/* Seconds since it was trusted; on probation, it will be */
	static const struct {
		int ago;
		bool relapse;
	} times[] = {
		{ -300, true }, { -1, true }, { 0, true }, { 290, true },
		{ 310, false }, { 100000, false },
	};
	struct scsi_mpath_health health = { .probation = 8 };
	int i;

	for (i = 0; i < ARRAY_SIZE(times); i++) {
		health.trusted = (jiffies - times[i].ago * HZ) ?: 1;
		KUNIT_EXPECT_EQ_MSG(test, next_probation(&health),
				    times[i].relapse ? 16 : 0,
				    "%d s", times[i].ago);
	}
}

static struct scsi_mpath_path *path_with_disk(struct kunit *test)
{
	struct scsi_mpath_path *path;
	struct gendisk *disk;

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	disk = kunit_kzalloc(test, sizeof(*disk), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, disk);
	disk->queue = kunit_kzalloc(test, sizeof(*disk->queue), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, disk->queue);
	disk->queue->rq_timeout = 30 * HZ;
	path->mdev.disk = disk;
	return path;
}

static void health_words(struct kunit *test)
{
	static const char * const words[] = {
		"transport error", "a command timed out",
		"sense data 0b/47/03", "commands overdue",
	};
	struct scsi_mpath_path *path = path_with_disk(test);
	char reason[SCSI_MPATH_REASON_LEN];
	int cause;

	path->health.blamed_sense = 0x0b4703;
	for (cause = SCSI_MPATH_TRANSPORT; cause <= SCSI_MPATH_OVERDUE; cause++) {
		path->health.cause = cause;
		scsi_mpath_print_cause(path, reason, sizeof(reason));
		KUNIT_EXPECT_STREQ(test, reason, words[cause]);
	}
}

static void health_answers(struct kunit *test)
{
	struct scsi_sense_hdr sshdr = { .response_code = 0x70 };
	int key, ascq;

	KUNIT_EXPECT_TRUE(test, is_answer(0, &sshdr));
	KUNIT_EXPECT_TRUE(test, is_answer(SAM_STAT_RESERVATION_CONFLICT, &sshdr));
	KUNIT_EXPECT_FALSE(test, is_answer(-EIO, &sshdr));
	KUNIT_EXPECT_FALSE(test, is_answer(DID_NO_CONNECT << 16, &sshdr));
	KUNIT_EXPECT_FALSE(test, is_answer(SAM_STAT_BUSY, &sshdr));
	sshdr.asc = 0x04;
	for (key = 0; key < 16; key++) {
		for (ascq = 0; ascq < 256; ascq++) {
			sshdr.sense_key = key;
			sshdr.ascq = ascq;
			KUNIT_EXPECT_EQ_MSG(test, is_answer(SAM_STAT_CHECK_CONDITION, &sshdr),
					    key == NOT_READY && ascq >= 0x0a && ascq <= 0x0c,
					    "%02x/04/%02x", key, ascq);
		}
	}
	sshdr.sense_key = NOT_READY;
	sshdr.ascq = 0x0b;
	sshdr.response_code = 0;
	KUNIT_EXPECT_FALSE(test, is_answer(SAM_STAT_CHECK_CONDITION, &sshdr));
}

/* A probe clears what is older than itself, and nothing else of the flags. */
static void health_clear_suspicion(struct kunit *test)
{
	struct scsi_mpath_path *path = path_with_disk(test);
	unsigned long others = BIT(PATH_BOUND) | BIT(PATH_UNSURE);
	int was, now;

	for (was = 0; was < 2; was++) {
		for (now = 0; now < 2; now++) {
			path->flags = others | BIT(PATH_SUSPECT) |
				      (was ? BIT(PATH_PROBATION) : 0);
			KUNIT_EXPECT_TRUE(test, clear_suspicion(path, now));
			KUNIT_EXPECT_EQ(test, path->flags, others |
					(now ? BIT(PATH_PROBATION) : 0));
		}
	}
	others |= BIT(PATH_SUSPECT) | BIT(PATH_BLAMED);
	path->flags = others;
	KUNIT_EXPECT_FALSE(test, clear_suspicion(path, true));
	KUNIT_EXPECT_EQ(test, path->flags, others);
}

/* Seconds since a time-out, or error handling after it, was seen; -1: never */
static void health_gives_up(struct kunit *test)
{
	static const struct {
		int ago;
		bool lately;
	} times[] = {
		{ -1, false }, { 0, true }, { 30, true }, { 59, true },
		{ 61, false }, { 100000, false },
	};
	struct scsi_mpath_health health = {};
	int i;

	for (i = 0; i < ARRAY_SIZE(times); i++) {
		health.timeout_time = times[i].ago < 0 ? 0 :
			(jiffies - times[i].ago * HZ) ?: 1;
		KUNIT_EXPECT_EQ_MSG(test, timed_out_lately(&health),
				    times[i].lately, "%d s", times[i].ago);
	}
}

/* What came of a command is a probe's business only while the path is suspect. */
static void health_swallowed(struct kunit *test)
{
	struct scsi_mpath_path *path = path_with_disk(test);
	int cause;

	for (cause = SCSI_MPATH_TRANSPORT; cause <= SCSI_MPATH_OVERDUE; cause++) {
		path->health.cause = cause;
		path->flags = 0;
		KUNIT_EXPECT_FALSE(test, has_swallowed(path));
		path->flags = BIT(PATH_SUSPECT);
		KUNIT_EXPECT_EQ(test, has_swallowed(path),
				cause == SCSI_MPATH_TIMEOUT ||
				cause == SCSI_MPATH_OVERDUE);
	}
}

static struct kunit_case health_cases[] = {
	KUNIT_CASE(health_first_loss),
	KUNIT_CASE(health_probation_doubles),
	KUNIT_CASE(health_relapse),
	KUNIT_CASE(health_words),
	KUNIT_CASE(health_answers),
	KUNIT_CASE(health_clear_suspicion),
	KUNIT_CASE(health_gives_up),
	KUNIT_CASE(health_swallowed),
	{}
};

static struct kunit_suite health_suite = {
	.name = "scsi_mpath_health",
	.test_cases = health_cases,
};

kunit_test_suite(health_suite);
