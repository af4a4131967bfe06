// SPDX-License-Identifier: GPL-2.0
/*
 * The failover decision: every status, from a path in every condition. Part of
 * io.c, whose functions are static.
 */
#include <kunit/test.h>

/*
 * The design's table for a path that is in order. Whatever is in neither list is
 * said of the path: TRANSPORT, TIMEOUT, OFFLINE, IOERR, what no path should
 * return (RESOURCE, DM_REQUEUE), and all that is not defined yet.
 */
static const blk_status_t of_the_unit[] = {
	BLK_STS_OK,
	BLK_STS_NOTSUPP,
	BLK_STS_NOSPC,
	BLK_STS_TARGET,
	BLK_STS_RESV_CONFLICT,
	BLK_STS_MEDIUM,
	BLK_STS_PROTECTION,
	BLK_STS_INVAL,
	BLK_STS_DURATION_LIMIT,
	BLK_STS_ZONE_OPEN_RESOURCE,
	BLK_STS_ZONE_ACTIVE_RESOURCE,
};

/* One more than the largest blk_status_t */
#define NR_STATUSES	256

static blk_status_t status_of(int value)
{
	return (__force blk_status_t)value;
}

static bool is_of_the_unit(blk_status_t status)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(of_the_unit); i++)
		if (of_the_unit[i] == status)
			return true;
	return false;
}

/* A path of a unit with one more or less, at a running host */
static struct scsi_mpath_path *fake_path(struct kunit *test)
{
	struct scsi_mpath_path *path;

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	path->lu = kunit_kzalloc(test, sizeof(*path->lu), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path->lu);
	path->sdev = kunit_kzalloc(test, sizeof(*path->sdev), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path->sdev);
	path->sdev->host = kunit_kzalloc(test, sizeof(*path->sdev->host),
					 GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path->sdev->host);
	path->sdev->sdev_state = SDEV_RUNNING;
	path->sdev->host->shost_state = SHOST_RUNNING;
	path->alua_state = ALUA_OPTIMIZED;
	return path;
}

/* 0, 1 and 4: SPC-4 5.9.2.4, all other states take no reads and writes. */
static bool takes_io(u8 alua_state)
{
	return alua_state < 2 || alua_state == 4;
}

static enum verdict expected_verdict(blk_status_t status, u8 alua_state,
				     bool running)
{
	if (is_of_the_unit(status))
		return VERDICT_DONE;
	/* Whoever sent it asked not to wait; the path has to be able to say so. */
	if (status == BLK_STS_AGAIN)
		return running ? VERDICT_DONE : VERDICT_REQUEUE;
	return takes_io(alua_state) ? VERDICT_FAILOVER : VERDICT_REQUEUE;
}

static void check_verdict(struct kunit *test, struct scsi_mpath_path *path,
			  int status, u8 alua_state, bool running)
{
	path->alua_state = alua_state;
	KUNIT_ASSERT_EQ_MSG(test, judge(path, status_of(status)),
			    expected_verdict(status_of(status), alua_state, running),
			    "status %d, port state %#x, device %d, host %d", status,
			    alua_state, path->sdev->sdev_state,
			    path->sdev->host->shost_state);
}

static void io_judge(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	int status, alua_state;

	for (status = 0; status < NR_STATUSES; status++)
		for (alua_state = 0; alua_state < 16; alua_state++)
			check_verdict(test, path, status, alua_state, true);
}

/* However a path is kept from running, only REQ_NOWAIT's answer depends on it. */
static void io_judge_not_running(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	int status;

	for (status = 0; status < NR_STATUSES; status++) {
		path->sdev->sdev_state = SDEV_BLOCK;
		check_verdict(test, path, status, ALUA_OPTIMIZED, false);
		path->sdev->sdev_state = SDEV_RUNNING;
		path->sdev->host->shost_state = SHOST_RECOVERY;
		check_verdict(test, path, status, ALUA_OPTIMIZED, false);
		path->sdev->host->shost_state = SHOST_RUNNING;
	}
}

/* How often a bio is sent in all, if it ends with @status each time. */
static int count_tries(struct scsi_mpath_path *path, blk_status_t status)
{
	struct scsi_mpath_io io = { .path = path };

	while (io.tries < 10000 && may_try_again(&io, status))
		io.tries++;
	return io.tries + 1;
}

/* Twice round all paths; a lost connection is forgiven longer, not for ever. */
static void io_tries(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	int status, nr_paths, tries;

	for (nr_paths = 1; nr_paths <= 8; nr_paths++) {
		path->lu->nr_paths = nr_paths;
		for (status = 0; status < NR_STATUSES; status++) {
			if (is_of_the_unit(status_of(status)) ||
			    status_of(status) == BLK_STS_TRANSPORT)
				continue;
			tries = count_tries(path, status_of(status));
			KUNIT_ASSERT_EQ_MSG(test, tries, 2 * nr_paths,
					    "status %d, %d paths", status, nr_paths);
		}
		tries = count_tries(path, BLK_STS_TRANSPORT);
		KUNIT_EXPECT_EQ(test, tries, 16 * nr_paths);
	}
}

/* The last path leaves while its bios complete. */
static void io_tries_without_paths(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);

	path->lu->nr_paths = 0;
	KUNIT_EXPECT_EQ(test, count_tries(path, BLK_STS_IOERR), 2);
	KUNIT_EXPECT_EQ(test, count_tries(path, BLK_STS_TRANSPORT), 16);
}

static void fake_end_io(struct bio *bio)
{
	*(blk_status_t *)bio->bi_private = bio->bi_status;
}

/* A bio that waits is given back as it was, with one try more on its account. */
static void io_remember_try(struct kunit *test)
{
	struct scsi_mpath_retry retry;
	blk_status_t seen = BLK_STS_OK;
	struct bio orig;
	struct scsi_mpath_io io = { .orig = &orig, .start = 42, .tries = 5 };

	bio_init(&orig, NULL, NULL, 0, REQ_OP_READ);
	orig.bi_end_io = fake_end_io;
	orig.bi_private = &seen;
	remember_try(&io);
	KUNIT_ASSERT_PTR_EQ(test, orig.bi_end_io, &scsi_mpath_retry_end_io);

	retry = take_retry(&orig);
	KUNIT_EXPECT_EQ(test, retry.tries, 6);
	KUNIT_EXPECT_EQ(test, retry.start, 42);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_end_io, &fake_end_io);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_private, (void *)&seen);
	bio_uninit(&orig);
}

/* The library may also fail it while it waits: its own completion is called. */
static void io_fail_while_waiting(struct kunit *test)
{
	blk_status_t seen = BLK_STS_OK;
	struct bio orig;
	struct scsi_mpath_io io = { .orig = &orig };

	bio_init(&orig, NULL, NULL, 0, REQ_OP_READ);
	orig.bi_end_io = fake_end_io;
	orig.bi_private = &seen;
	remember_try(&io);
	bio_io_error(&orig);
	KUNIT_EXPECT_EQ(test, (__force u8)seen, (__force u8)BLK_STS_IOERR);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_end_io, &fake_end_io);
	bio_uninit(&orig);
}

static struct kunit_case io_cases[] = {
	KUNIT_CASE(io_judge),
	KUNIT_CASE(io_judge_not_running),
	KUNIT_CASE(io_tries),
	KUNIT_CASE(io_tries_without_paths),
	KUNIT_CASE(io_remember_try),
	KUNIT_CASE(io_fail_while_waiting),
	{}
};

static struct kunit_suite io_suite = {
	.name = "scsi_mpath_io",
	.test_cases = io_cases,
};

kunit_test_suite(io_suite);
