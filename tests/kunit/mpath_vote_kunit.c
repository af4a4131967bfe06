// SPDX-License-Identifier: GPL-2.0
/* What the paths make of the disk of their head, and which of them fit it. */
#include <linux/backing-dev.h>
#include <linux/blk-integrity.h>
#include <linux/blkdev.h>

#include "mpath_fake.h"

#define NR_PATHS	3

/* What is said of each path: its size, and why it has no vote, if it has none. */
enum voice {
	VOTES,
	DISABLED,
	OTHER,		/* its access state keeps I/O away */
	STALE,		/* the driver has not asked it again yet */
};

struct vote_case {
	const char *name;
	sector_t head;
	sector_t sizes[NR_PATHS];
	enum voice voices[NR_PATHS];
	sector_t want;
	unsigned int unfit;	/* a bit for each path */
};

static const struct vote_case vote_cases[] = {
	{ "all alike", 8, { 8, 8, 8 }, {}, 8, 0 },
	{ "one is larger", 8, { 16, 8, 8 }, {}, 8, 0 },
	{ "all are larger", 8, { 16, 32, 24 }, {}, 16, 0 },
	{ "the one that is not larger is away", 8, { 16, 16, 8 },
	  { VOTES, VOTES, DISABLED }, 16, BIT(2) },
	{ "it takes no I/O", 8, { 16, 16, 8 }, { VOTES, VOTES, OTHER }, 16, BIT(2) },
	{ "its port tells no size", 8, { 16, 16, 0 }, {}, 16, BIT(2) },
	{ "one is smaller", 8, { 4, 8, 8 }, {}, 8, BIT(0) },
	{ "a smaller one keeps none from growing", 8, { 4, 16, 16 }, {}, 16, BIT(0) },
	{ "all are smaller, and agree", 8, { 4, 4, 4 }, {}, 4, 0 },
	{ "all are smaller, the last does not agree", 8, { 4, 4, 2 }, {}, 8, 7 },
	{ "all are smaller, the second does not agree", 8, { 4, 2, 4 }, {}, 8, 7 },
	{ "the only one left slept while they grew", 8, { 4, 8, 8 },
	  { STALE, DISABLED, DISABLED }, 8, BIT(0) },
	{ "it has been asked", 8, { 4, 8, 8 },
	  { VOTES, DISABLED, DISABLED }, 4, 0 },
	{ "none can be asked", 8, { 16, 4, 0 },
	  { DISABLED, OTHER, STALE }, 8, BIT(1) | BIT(2) },
	{ "none tells a size", 8, { 0, 0, 0 }, {}, 8, 7 },
	{ "no size, and none known", 0, { 0, 0, 0 }, {}, 0, 0 },
	{ "no size yet", 0, { 16, 8, 0 }, {}, 8, BIT(2) },
};

KUNIT_ARRAY_PARAM_DESC(vote, vote_cases, name);

static void set_voice(struct mpath_fake_path *path, enum voice voice)
{
	path->disabled = voice == DISABLED;
	path->mdev.access_state = voice == OTHER ? MPATH_STATE_OTHER :
						   MPATH_STATE_OPTIMIZED;
	assign_bit(MPATH_DEVICE_STALE, &path->mdev.flags, voice == STALE);
}

static void vote_size(struct kunit *test)
{
	const struct vote_case *c = test->param_value;
	struct mpath_fake *fake = test->priv;
	int i;

	mpath_fake_set_nr_paths(test, NR_PATHS);
	set_capacity(fake->head->disk, c->head);
	for (i = 0; i < NR_PATHS; i++) {
		set_capacity(fake->paths[i].disk, c->sizes[i]);
		set_voice(&fake->paths[i], c->voices[i]);
	}
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_EQ(test, get_capacity(fake->head->disk), c->want);
	for (i = 0; i < NR_PATHS; i++)
		KUNIT_EXPECT_EQ_MSG(test,
				    test_bit(MPATH_DEVICE_MISMATCH,
					     &fake->paths[i].mdev.flags),
				    !!(c->unfit & BIT(i)), "path %d", i);
}

static struct queue_limits *limits_of(struct mpath_fake *fake, int path)
{
	return &fake->paths[path].disk->queue->limits;
}

static struct queue_limits stacked(struct mpath_fake *fake)
{
	struct queue_limits lim;
	int i;

	for (i = 0; i < NR_PATHS; i++)
		mpath_stack_limits(&lim, fake->paths[i].disk, !i);
	return lim;
}

/* What one of them cannot do the head cannot, whichever it is. */
static void vote_discard(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits *lim;
	int i;

	for (i = 0; i < NR_PATHS; i++) {
		lim = limits_of(fake, i);
		lim->discard_granularity = SECTOR_SIZE;
		lim->max_hw_discard_sectors = 16;
		lim->max_discard_sectors = 16;
		lim->max_secure_erase_sectors = 16;
	}
	KUNIT_EXPECT_EQ(test, stacked(fake).max_hw_discard_sectors, 16);
	KUNIT_EXPECT_EQ(test, stacked(fake).max_secure_erase_sectors, 16);
	for (i = 0; i < NR_PATHS; i++) {
		/* As sd does when the target refuses: the rest stays as it is. */
		limits_of(fake, i)->max_discard_sectors = 0;
		limits_of(fake, i)->max_secure_erase_sectors = 0;
		KUNIT_EXPECT_EQ(test, stacked(fake).max_hw_discard_sectors, 0);
		KUNIT_EXPECT_EQ(test, stacked(fake).max_secure_erase_sectors, 0);
		limits_of(fake, i)->max_discard_sectors = 16;
		limits_of(fake, i)->max_secure_erase_sectors = 16;
	}
}

static void vote_dma_alignment(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	int i;

	for (i = 0; i < NR_PATHS; i++)
		limits_of(fake, i)->dma_alignment = 3;
	KUNIT_EXPECT_EQ(test, stacked(fake).dma_alignment, 3);
	limits_of(fake, 1)->dma_alignment = 63;
	KUNIT_EXPECT_EQ(test, stacked(fake).dma_alignment, 63);
}

static void add_paths_of_one_size(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	int i;

	mpath_fake_set_nr_paths(test, NR_PATHS);
	set_capacity(fake->head->disk, 8);
	for (i = 0; i < NR_PATHS; i++)
		set_capacity(fake->paths[i].disk, 8);
}

/* A flush is needed if one path says so, and a path that drops it is not used. */
static void vote_cache(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct mpath_device *mdev = &fake->paths[0].mdev;

	add_paths_of_one_size(test);
	limits_of(fake, 1)->features |= BLK_FEAT_WRITE_CACHE;
	KUNIT_EXPECT_TRUE(test, stacked(fake).features & BLK_FEAT_WRITE_CACHE);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_NOT_NULL(test, mpath_mismatch(mdev));
	KUNIT_EXPECT_NULL(test, mpath_mismatch(&fake->paths[1].mdev));

	/* It cannot be asked any more: what is in the cache is still there. */
	fake->paths[1].disabled = true;
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_NOT_NULL(test, mpath_mismatch(mdev));
	KUNIT_EXPECT_NULL(test, mpath_mismatch(&fake->paths[1].mdev));

	/* An admin says that it needs none. */
	fake->paths[1].disabled = false;
	limits_of(fake, 1)->flags |= BLK_FLAG_WRITE_CACHE_DISABLED;
	KUNIT_EXPECT_FALSE(test, stacked(fake).features & BLK_FEAT_WRITE_CACHE);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_NULL(test, mpath_mismatch(&fake->paths[1].mdev));
	KUNIT_EXPECT_NULL(test, mpath_mismatch(mdev));
}

/* Who has told of a cache may leave; the head needs none if an admin says so. */
static void vote_cache_stays(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits *head = &fake->head->disk->queue->limits;
	struct mpath_device *mdev = &fake->paths[0].mdev;

	add_paths_of_one_size(test);
	limits_of(fake, 1)->features |= BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA;
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	mpath_fake_remove_path(&fake->paths[1]);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_TRUE(test, head->features & BLK_FEAT_WRITE_CACHE);
	KUNIT_EXPECT_TRUE(test, head->features & BLK_FEAT_FUA);
	KUNIT_EXPECT_NOT_NULL(test, mpath_mismatch(mdev));
	head->flags |= BLK_FLAG_WRITE_CACHE_DISABLED;
	KUNIT_EXPECT_NULL(test, mpath_mismatch(mdev));
}

/* That its driver assumes that there is no cache is no reason to lose one. */
static void vote_cache_guess(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits *head = &fake->head->disk->queue->limits;
	struct mpath_device *mdev = &fake->paths[1].mdev;

	add_paths_of_one_size(test);
	limits_of(fake, 1)->features |= BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA;
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	limits_of(fake, 1)->features &= ~(BLK_FEAT_WRITE_CACHE | BLK_FEAT_FUA);
	set_bit(MPATH_DEVICE_GUESS, &mdev->flags);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_TRUE(test, head->features & BLK_FEAT_WRITE_CACHE);
	KUNIT_EXPECT_NOT_NULL(test, mpath_mismatch(mdev));
	clear_bit(MPATH_DEVICE_GUESS, &mdev->flags);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_FALSE(test, head->features & BLK_FEAT_WRITE_CACHE);
	KUNIT_EXPECT_NULL(test, mpath_mismatch(mdev));
}

static void vote_block_size(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits *lim = limits_of(fake, 2);

	add_paths_of_one_size(test);
	lim->logical_block_size = 4096;
	lim->physical_block_size = 4096;
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_EQ(test, queue_logical_block_size(fake->head->disk->queue), 512);
	KUNIT_EXPECT_TRUE(test, test_bit(MPATH_DEVICE_MISMATCH,
					 &fake->paths[2].mdev.flags));
	KUNIT_EXPECT_FALSE(test, test_bit(MPATH_DEVICE_MISMATCH,
					  &fake->paths[1].mdev.flags));
}

static void set_profile(struct queue_limits *lim, bool has_one)
{
	memset(&lim->integrity, 0, sizeof(lim->integrity));
	if (!has_one)
		return;
	lim->integrity.flags = BLK_INTEGRITY_DEVICE_CAPABLE |
			       BLK_INTEGRITY_REF_TAG;
	lim->integrity.csum_type = BLK_INTEGRITY_CSUM_CRC;
	lim->integrity.metadata_size = 8;
	lim->integrity.pi_tuple_size = 8;
	lim->integrity.interval_exp = 9;
}

/* Whichever of them have a profile: the head has one if all do. */
static void vote_integrity(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	unsigned int kinds;
	int i;

	if (!IS_ENABLED(CONFIG_BLK_DEV_INTEGRITY))
		kunit_skip(test, "no integrity profiles");
	for (kinds = 0; kinds < BIT(NR_PATHS); kinds++) {
		for (i = 0; i < NR_PATHS; i++)
			set_profile(limits_of(fake, i), kinds & BIT(i));
		KUNIT_EXPECT_EQ_MSG(test, stacked(fake).integrity.metadata_size,
				    kinds == BIT(NR_PATHS) - 1 ? 8 : 0,
				    "kinds %x", kinds);
	}
}

/* What an admin has set of the head's queue outlives a change of limits. */
static void vote_keeps_settings(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits *head = &fake->head->disk->queue->limits;
	unsigned long *readahead = &fake->head->disk->bdi->ra_pages;

	add_paths_of_one_size(test);
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);

	head->features ^= BLK_FEAT_IO_STAT | BLK_FEAT_ROTATIONAL;
	head->flags |= BLK_FLAG_WRITE_CACHE_DISABLED;
	head->max_user_sectors = 64;
	*readahead = 4;
	limits_of(fake, 1)->max_hw_sectors = 128;
	KUNIT_EXPECT_EQ(test, mpath_revalidate_head(fake->head), 0);
	KUNIT_EXPECT_EQ(test, head->max_hw_sectors, 128);
	KUNIT_EXPECT_FALSE(test, head->features & BLK_FEAT_IO_STAT);
	KUNIT_EXPECT_TRUE(test, head->features & BLK_FEAT_ROTATIONAL);
	KUNIT_EXPECT_TRUE(test, head->flags & BLK_FLAG_WRITE_CACHE_DISABLED);
	KUNIT_EXPECT_EQ(test, head->max_user_sectors, 64);
	KUNIT_EXPECT_EQ(test, *readahead, 4);
}

static struct kunit_case vote_kunit_cases[] = {
	KUNIT_CASE_PARAM(vote_size, vote_gen_params),
	KUNIT_CASE(vote_discard),
	KUNIT_CASE(vote_dma_alignment),
	KUNIT_CASE(vote_cache),
	KUNIT_CASE(vote_cache_stays),
	KUNIT_CASE(vote_cache_guess),
	KUNIT_CASE(vote_block_size),
	KUNIT_CASE(vote_integrity),
	KUNIT_CASE(vote_keeps_settings),
	{}
};

static struct kunit_suite vote_suite = {
	.name = "mpath_vote",
	.init = mpath_fake_init,
	.exit = mpath_fake_exit,
	.test_cases = vote_kunit_cases,
};

kunit_test_suite(vote_suite);
