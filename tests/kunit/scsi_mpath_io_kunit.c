// SPDX-License-Identifier: GPL-2.0
/*
 * The failover decision: every status, from a path in every condition, with what
 * the command ended with known or not. The table of sense data is compared with the
 * document by tests/unit/judge.c. Part of io.c, whose functions are static.
 */
#include <kunit/test.h>

/*
 * What the block layer has found out, and what it has from sense data that is not
 * known. Whatever is in neither list is said of the path: TRANSPORT, TIMEOUT,
 * OFFLINE, IOERR, what no path should return (RESOURCE, DM_REQUEUE), and all that is
 * not defined yet.
 */
static const blk_status_t of_the_bio[] = {
	BLK_STS_NOTSUPP,
	BLK_STS_PROTECTION,
	BLK_STS_INVAL,
	BLK_STS_DURATION_LIMIT,
	BLK_STS_ZONE_OPEN_RESOURCE,
	BLK_STS_ZONE_ACTIVE_RESOURCE,
};

static const blk_status_t of_the_unit[] = {
	BLK_STS_NOSPC,
	BLK_STS_TARGET,
	BLK_STS_RESV_CONFLICT,
	BLK_STS_MEDIUM,
};

/* One more than the largest blk_status_t */
#define NR_STATUSES	256

static blk_status_t status_of(int value)
{
	return (__force blk_status_t)value;
}

static bool is_one_of(blk_status_t status, const blk_status_t *list, int nr)
{
	while (nr--)
		if (list[nr] == status)
			return true;
	return false;
}

static void cleanup_srcu(void *srcu)
{
	cleanup_srcu_struct(srcu);
}

static struct mpath_head *fake_head(struct kunit *test)
{
	struct mpath_head *head;

	head = kunit_kzalloc(test, sizeof(*head), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, head);
	INIT_LIST_HEAD(&head->dev_list);
	KUNIT_ASSERT_EQ(test, init_srcu_struct(&head->srcu), 0);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, cleanup_srcu,
							   &head->srcu));
	head->no_path_timeout = 60;
	return head;
}

static struct scsi_mpath_lu *fake_lu(struct kunit *test)
{
	struct scsi_mpath_lu *lu;

	lu = kunit_kzalloc(test, sizeof(*lu), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, lu);
	lu->head = fake_head(test);
	return lu;
}

static void fake_disk(struct kunit *test, struct scsi_mpath_path *path)
{
	struct gendisk *disk;

	disk = kunit_kzalloc(test, sizeof(*disk), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, disk);
	disk->queue = kunit_kzalloc(test, sizeof(*disk->queue), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, disk->queue);
	disk->queue->rq_timeout = 30 * HZ;
	disk->part0 = kunit_kzalloc(test, sizeof(*disk->part0), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, disk->part0);
	disk->part0->bd_nr_sectors = 8;
	path->mdev.disk = disk;
}

/* A path that takes I/O, at a running host */
static struct scsi_mpath_path *fake_path_of(struct kunit *test,
					    struct scsi_mpath_lu *lu)
{
	struct scsi_mpath_path *path;

	path = kunit_kzalloc(test, sizeof(*path), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path);
	path->sdev = kunit_kzalloc(test, sizeof(*path->sdev), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path->sdev);
	path->sdev->host = kunit_kzalloc(test, sizeof(*path->sdev->host),
					 GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, path->sdev->host);
	path->sdev->sdev_state = SDEV_RUNNING;
	path->sdev->host->shost_state = SHOST_RUNNING;
	path->alua_state = ALUA_OPTIMIZED;
	path->mdev.access_state = MPATH_STATE_OPTIMIZED;
	fake_disk(test, path);
	path->lu = lu;
	lu->nr_paths++;
	list_add_tail(&path->mdev.siblings, &lu->head->dev_list);
	return path;
}

static struct scsi_mpath_path *fake_path(struct kunit *test)
{
	return fake_path_of(test, fake_lu(test));
}

/* One try of a bio, of which it is not known what its command ended with */
static struct scsi_mpath_io *fake_io(struct kunit *test,
				     struct scsi_mpath_path *path)
{
	struct scsi_mpath_io *io;

	io = kunit_kzalloc(test, sizeof(*io), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, io);
	io->orig = kunit_kzalloc(test, sizeof(*io->orig), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, io->orig);
	io->path = path;
	io->sent = jiffies;
	return io;
}

/* It is known: the request it was sent with, and its command */
static struct scsi_cmnd *fake_cmd(struct kunit *test, struct scsi_mpath_io *io)
{
	struct scsi_cmnd *cmd;
	struct request *req;

	req = kunit_kzalloc(test, sizeof(*req) + sizeof(*cmd), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, req);
	cmd = blk_mq_rq_to_pdu(req);
	cmd->sense_buffer = kunit_kzalloc(test, SCSI_SENSE_BUFFERSIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, cmd->sense_buffer);
	io->clone.bi_private = req;
	return cmd;
}

/* Fixed format, SPC-4 4.5.3 */
static void fake_sense(struct scsi_cmnd *cmd, u8 response, u8 key, u8 asc, u8 ascq)
{
	cmd->result = SAM_STAT_CHECK_CONDITION;
	cmd->sense_buffer[0] = response;
	cmd->sense_buffer[2] = key;
	cmd->sense_buffer[7] = 10;
	cmd->sense_buffer[12] = asc;
	cmd->sense_buffer[13] = ascq;
}

/* 0, 1 and 4: SPC-4 5.9.2.4, all other states take no reads and writes. */
static bool takes_io(u8 alua_state)
{
	return alua_state < 2 || alua_state == 4;
}

static enum scsi_mpath_verdict expected_unknown(blk_status_t status, bool usable)
{
	if (is_one_of(status, of_the_bio, ARRAY_SIZE(of_the_bio)) ||
	    is_one_of(status, of_the_unit, ARRAY_SIZE(of_the_unit)))
		return VERDICT_CALLER;
	if (status == BLK_STS_AGAIN)
		return VERDICT_REQUEUE;
	return usable ? VERDICT_FAILOVER : VERDICT_REQUEUE;
}

static void check_unknown(struct kunit *test, struct scsi_mpath_io *io, bool usable)
{
	struct scsi_mpath_end end;
	int status;

	for (status = 1; status < NR_STATUSES; status++) {
		end = (struct scsi_mpath_end) {};
		KUNIT_ASSERT_EQ_MSG(test, judge(io, status_of(status), &end),
				    expected_unknown(status_of(status), usable),
				    "status %d, port state %#x, flags %#lx", status,
				    io->path->alua_state, io->path->flags);
	}
}

static void io_judge_unknown(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);

	for (path->alua_state = 0; path->alua_state < 16; path->alua_state++)
		check_unknown(test, io, takes_io(path->alua_state));
	path->alua_state = ALUA_OPTIMIZED;
	set_bit(PATH_UNSURE, &path->flags);
	check_unknown(test, io, false);
}

/* The path's last sense data is only a guess: the caller is never told for it. */
static void io_judge_guess(struct kunit *test)
{
	static const struct {
		u32 sense;
		enum scsi_mpath_verdict verdict;
	} guesses[] = {
		{ 0x031100, VERDICT_OTHER },
		{ 0x052100, VERDICT_OTHER },
		{ 0x020800, VERDICT_OTHER },
		{ 0x02040b, VERDICT_REQUEUE },
		{ 0x052500, VERDICT_FAILOVER },
	};
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);
	struct scsi_mpath_end end;
	int i;

	for (i = 0; i < ARRAY_SIZE(guesses); i++) {
		path->health.sense = guesses[i].sense;
		path->health.sense_time = io->sent;
		end = (struct scsi_mpath_end) {};
		KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end),
				guesses[i].verdict);
		KUNIT_EXPECT_EQ(test, scsi_mpath_sense_of(&end), guesses[i].sense);
		KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_TRANSPORT, &end),
				VERDICT_FAILOVER);
		/* It was not sent, so the sense data is of whoever was. */
		path->sdev->sdev_state = SDEV_TRANSPORT_OFFLINE;
		KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end),
				VERDICT_FAILOVER);
		path->sdev->sdev_state = SDEV_RUNNING;
		/* Another command's, from before */
		path->health.sense_time = io->sent - 1;
		KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end),
				VERDICT_FAILOVER);
	}
}

/* What a controller says of itself has the status of an error of the unit. */
static void io_judge_guess_controller(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);
	struct scsi_mpath_end end = {};

	path->health.sense_time = io->sent;
	path->health.sense = 0x044400;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_TARGET, &end), VERDICT_OTHER);
	path->health.sense = 0x044000;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_TARGET, &end), VERDICT_CALLER);
}

/* What lies behind the end of the disk has not been sent: the sense data is another's. */
static void io_judge_guess_not_sent(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);
	struct scsi_mpath_end end = {};

	path->health.sense_time = io->sent;
	path->health.sense = 0x052100;
	io->orig->bi_iter.bi_size = SECTOR_SIZE;
	io->orig->bi_iter.bi_sector = 7;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_OTHER);
	io->orig->bi_iter.bi_sector = 8;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_FAILOVER);
}

/* What is known goes before the status, but for what the block layer found out. */
static void io_judge_known(struct kunit *test)
{
	struct scsi_mpath_io *io = fake_io(test, fake_path(test));
	struct scsi_cmnd *cmd = fake_cmd(test, io);
	struct scsi_mpath_end end = {};
	int i;

	fake_sense(cmd, 0x70, MEDIUM_ERROR, 0x0c, 0x00);
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_CALLER);
	KUNIT_EXPECT_EQ(test, scsi_mpath_sense_of(&end), 0x030c00);
	fake_sense(cmd, 0x70, HARDWARE_ERROR, 0x44, 0x00);
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_TARGET, &end), VERDICT_OTHER);
	for (i = 0; i < ARRAY_SIZE(of_the_bio); i++)
		KUNIT_EXPECT_EQ(test, judge(io, of_the_bio[i], &end), VERDICT_CALLER);
	/* An earlier command's error, SPC-4 4.5.5 */
	fake_sense(cmd, 0x71, MEDIUM_ERROR, 0x0c, 0x00);
	end = (struct scsi_mpath_end) {};
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_OTHER);
	KUNIT_EXPECT_EQ(test, scsi_mpath_sense_of(&end), 0);
	/* Sense data is there from before, but the status does not say so. */
	fake_sense(cmd, 0x70, MEDIUM_ERROR, 0x0c, 0x00);
	cmd->result = DID_TRANSPORT_DISRUPTED << 16;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_FAILOVER);
}

/* The data was written, and a flush that has another request failed. */
static void io_judge_flush_failed(struct kunit *test)
{
	struct scsi_mpath_io *io = fake_io(test, fake_path(test));
	struct scsi_cmnd *cmd = fake_cmd(test, io);
	struct scsi_mpath_end end = {};

	KUNIT_EXPECT_FALSE(test, read_end(io, &end));
	fake_sense(cmd, 0x70, RECOVERED_ERROR, 0x17, 0x01);
	KUNIT_EXPECT_FALSE(test, read_end(io, &end));
}

/* Not sent at all: nobody is to blame, whatever has become of the path meanwhile. */
static void io_judge_refused(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);
	struct scsi_mpath_end end = {};

	io->clone.bi_private = SCSI_DH_MPATH_REFUSED;
	KUNIT_EXPECT_EQ(test, judge(io, BLK_STS_IOERR, &end), VERDICT_REQUEUE);
	count_requeue(io, BLK_STS_IOERR, &end);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&path->health.port_errors), 1);
	set_bit(PATH_UNSURE, &path->flags);
	count_requeue(io, BLK_STS_IOERR, &end);
	count_requeue(io, BLK_STS_AGAIN, &end);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&path->health.port_errors), 1);
}

static enum scsi_mpath_verdict judge_again_of(struct scsi_mpath_io *io, blk_opf_t opf)
{
	struct scsi_mpath_end end = {};

	io->orig->bi_opf = REQ_OP_READ | opf;
	return judge(io, BLK_STS_AGAIN, &end);
}

/* Who asked to be told is told, if the path could have taken it. */
static void io_judge_again(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);

	KUNIT_EXPECT_EQ(test, judge_again_of(io, REQ_NOWAIT), VERDICT_CALLER);
	KUNIT_EXPECT_EQ(test, judge_again_of(io, 0), VERDICT_REQUEUE);
	path->alua_state = ALUA_STANDBY;
	KUNIT_EXPECT_EQ(test, judge_again_of(io, REQ_NOWAIT), VERDICT_REQUEUE);
	path->alua_state = ALUA_OPTIMIZED;
	set_bit(PATH_SUSPECT, &path->flags);
	KUNIT_EXPECT_EQ(test, judge_again_of(io, REQ_NOWAIT), VERDICT_REQUEUE);
}

static void io_cause(struct kunit *test)
{
	/* Seconds since the bio was sent */
	static const struct {
		blk_status_t status;
		int sent;
		struct scsi_mpath_end end;
		enum scsi_mpath_cause cause;
	} ends[] = {
		{ BLK_STS_TRANSPORT, 1, { .host = 0x0f }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_TRANSPORT, 100, { .host = 0x0f }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_OFFLINE, 1, { .host = 0x01 }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_TIMEOUT, 1, { .host = 0x07 }, SCSI_MPATH_TIMEOUT },
		{ BLK_STS_IOERR, 1, { .host = 0x03 }, SCSI_MPATH_TIMEOUT },
		{ BLK_STS_IOERR, 100, { .host = 0x01 }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_IOERR, 29, { .host = 0x0e }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_IOERR, 31, { .host = 0x0e }, SCSI_MPATH_TIMEOUT },
		{ BLK_STS_IOERR, 31, { .status = 0x02, .key = 5 }, SCSI_MPATH_SENSE },
		{ BLK_STS_IOERR, 1, { .status = 0x02, .key = 5 }, SCSI_MPATH_SENSE },
		{ BLK_STS_IOERR, 1, { .host = 7, .status = 0x02 }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_IOERR, 1, { .status = 0x40 }, SCSI_MPATH_TRANSPORT },
		{ BLK_STS_IOERR, 180, { .status = 0x08 }, SCSI_MPATH_TIMEOUT },
	};
	struct scsi_mpath_io *io = fake_io(test, fake_path(test));
	int i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		io->sent = jiffies - ends[i].sent * HZ;
		KUNIT_EXPECT_EQ_MSG(test, cause_of(io, ends[i].status, &ends[i].end),
				    ends[i].cause, "line %d", i);
	}
}

/* A unit of @nr paths; what it says no to is tried on each that takes I/O. */
static void expect_refusals(struct kunit *test, int nr)
{
	static const struct scsi_mpath_end end = { .status = 0x02, .key = NOT_READY };
	struct scsi_mpath_io *io = fake_io(test, NULL);
	struct scsi_mpath_lu *lu = fake_lu(test);
	struct scsi_mpath_path *path;
	int i;

	for (i = 0; i < nr; i++)
		fake_path_of(test, lu);
	list_for_each_entry(path, &lu->head->dev_list, mdev.siblings) {
		io->path = path;
		KUNIT_EXPECT_EQ(test, refused(io, BLK_STS_IOERR, &end),
				list_is_last(&path->mdev.siblings, &lu->head->dev_list) ?
				VERDICT_CALLER : VERDICT_OTHER);
		KUNIT_EXPECT_TRUE(test, has_refused(io->retry, &path->mdev));
	}
	kfree(io->retry);
}

static void io_refused_by_all(struct kunit *test)
{
	int nr;

	for (nr = 1; nr <= MAX_REFUSALS; nr++)
		expect_refusals(test, nr);
}

/* The other path cannot be asked: this one is suspect, once. */
static void io_refused_by_the_only(struct kunit *test)
{
	static const struct scsi_mpath_end end = { .status = 0x02, .key = NOT_READY };
	struct scsi_mpath_lu *lu = fake_lu(test);
	struct scsi_mpath_path *path = fake_path_of(test, lu);
	struct scsi_mpath_path *standby = fake_path_of(test, lu);
	struct scsi_mpath_io *io = fake_io(test, path);

	standby->alua_state = ALUA_STANDBY;
	KUNIT_EXPECT_EQ(test, refused(io, BLK_STS_IOERR, &end), VERDICT_FAILOVER);
	/* It has passed its probe, and still it says no: to the next bio as well. */
	path->health.trusted = jiffies ?: 1;
	KUNIT_EXPECT_EQ(test, refused(io, BLK_STS_IOERR, &end), VERDICT_CALLER);
	kfree(io->retry);
	io->retry = NULL;
	KUNIT_EXPECT_EQ(test, refused(io, BLK_STS_IOERR, &end), VERDICT_CALLER);
	kfree(io->retry);
}

/* How often a path is to blame before a bio is given up that has failed for @secs. */
static int count_tries(struct kunit *test, struct scsi_mpath_path *path,
		       enum scsi_mpath_cause cause, int secs)
{
	struct scsi_mpath_io *io = fake_io(test, path);
	int tries;

	for (tries = 1; tries < 1000 && !is_given_up(io, cause); tries++)
		io->retry->since = jiffies - secs * HZ;
	kfree(io->retry);
	return tries;
}

/* Long enough and often enough, and never if there is no end to wait for. */
static void io_given_up(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	int *timeout = &path->lu->head->no_path_timeout;

	path->lu->nr_paths = 3;
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 119), 1000);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 121), 16);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_SENSE, 121), 16);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TIMEOUT, 119), 1000);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TIMEOUT, 121), 6);
	*timeout = 300;
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 299), 1000);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 301), 16);
	*timeout = 0;
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 121), 16);
	*timeout = -1;
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TRANSPORT, 10000), 1000);
	KUNIT_EXPECT_EQ(test, count_tries(test, path, SCSI_MPATH_TIMEOUT, 10000), 1000);
}

/* One time-out after a connection that was lost time and again is one time-out. */
static void io_given_up_by_cause(struct kunit *test)
{
	struct scsi_mpath_path *path = fake_path(test);
	struct scsi_mpath_io *io = fake_io(test, path);
	int i;

	for (i = 1; i < TRANSPORT_TRIES; i++) {
		KUNIT_EXPECT_FALSE(test, is_given_up(io, SCSI_MPATH_TRANSPORT));
		io->retry->since = jiffies - 1000 * HZ;
	}
	KUNIT_EXPECT_FALSE(test, is_given_up(io, SCSI_MPATH_TIMEOUT));
	KUNIT_EXPECT_FALSE(test, is_given_up(io, SCSI_MPATH_SENSE));
	KUNIT_EXPECT_TRUE(test, is_given_up(io, SCSI_MPATH_TIMEOUT));
	KUNIT_EXPECT_TRUE(test, is_given_up(io, SCSI_MPATH_TRANSPORT));
	kfree(io->retry);
}

static void fake_end_io(struct bio *bio)
{
	*(blk_status_t *)bio->bi_private = bio->bi_status;
}

/* A bio that waits is given back as it was, and what it met is not forgotten. */
static void io_remember_retry(struct kunit *test)
{
	struct scsi_mpath_retry *retry;
	blk_status_t seen = BLK_STS_OK;
	struct bio orig;
	struct scsi_mpath_io io = { .orig = &orig, .start = 42 };

	bio_init(&orig, NULL, NULL, 0, REQ_OP_READ);
	orig.bi_end_io = fake_end_io;
	orig.bi_private = &seen;
	remember_retry(&io);
	KUNIT_ASSERT_PTR_EQ(test, orig.bi_end_io, &scsi_mpath_retry_end_io);

	retry = take_retry(&orig);
	KUNIT_EXPECT_PTR_EQ(test, retry, io.retry);
	KUNIT_EXPECT_EQ(test, retry->start, 42);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_end_io, &fake_end_io);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_private, (void *)&seen);
	kfree(retry);
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
	remember_retry(&io);
	bio_io_error(&orig);
	KUNIT_EXPECT_EQ(test, (__force u8)seen, (__force u8)BLK_STS_IOERR);
	KUNIT_EXPECT_PTR_EQ(test, orig.bi_end_io, &fake_end_io);
	bio_uninit(&orig);
}

static struct kunit_case io_cases[] = {
	KUNIT_CASE(io_judge_unknown),
	KUNIT_CASE(io_judge_guess),
	KUNIT_CASE(io_judge_guess_controller),
	KUNIT_CASE(io_judge_guess_not_sent),
	KUNIT_CASE(io_judge_known),
	KUNIT_CASE(io_judge_flush_failed),
	KUNIT_CASE(io_judge_refused),
	KUNIT_CASE(io_judge_again),
	KUNIT_CASE(io_cause),
	KUNIT_CASE(io_refused_by_all),
	KUNIT_CASE(io_refused_by_the_only),
	KUNIT_CASE(io_given_up),
	KUNIT_CASE(io_given_up_by_cause),
	KUNIT_CASE(io_remember_retry),
	KUNIT_CASE(io_fail_while_waiting),
	{}
};

static struct kunit_suite io_suite = {
	.name = "scsi_mpath_io",
	.test_cases = io_cases,
};

kunit_test_suite(io_suite);
