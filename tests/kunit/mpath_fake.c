// SPDX-License-Identifier: GPL-2.0
/*
 * Heads and paths for the suites. They come into being and go as a driver's
 * would, through the library's own interface; only the disks are never shown.
 */
#include <linux/blkdev.h>

#include "mpath_fake.h"

static struct mpath_fake_path *to_fake_path(struct mpath_device *mdev)
{
	return container_of(mdev, struct mpath_fake_path, mdev);
}

static bool fake_is_disabled(struct mpath_device *mdev)
{
	return to_fake_path(mdev)->disabled;
}

static bool fake_is_optimized(struct mpath_device *mdev)
{
	return mdev->access_state == MPATH_STATE_OPTIMIZED &&
	       !to_fake_path(mdev)->disabled;
}

static bool fake_available_path(struct mpath_device *mdev)
{
	return to_fake_path(mdev)->available;
}

static bool fake_is_transitioning(struct mpath_device *mdev)
{
	return to_fake_path(mdev)->transitioning;
}

static bool fake_says_gone(struct mpath_device *mdev)
{
	return to_fake_path(mdev)->gone;
}

static const struct mpath_head_template fake_template = {
	.is_disabled	= fake_is_disabled,
	.is_optimized	= fake_is_optimized,
	.available_path	= fake_available_path,
	.is_transitioning = fake_is_transitioning,
	.says_gone	= fake_says_gone,
};

static void add_path(struct kunit *test, struct mpath_fake_path *path)
{
	struct mpath_fake *fake = test->priv;
	int ret;

	memset(&path->mdev, 0, sizeof(path->mdev));
	path->mdev.access_state = MPATH_STATE_OPTIMIZED;
	path->disabled = false;
	ret = mpath_add_device(fake->head, &path->mdev, path->disk,
			       NUMA_NO_NODE, &path->nr_active);
	KUNIT_ASSERT_EQ(test, ret, 0);
	path->listed = true;
}

/* Takes one path away, wherever in the list it is. */
void mpath_fake_remove_path(struct mpath_fake_path *path)
{
	path->disabled = true;
	mpath_delete_device(&path->mdev);
	path->listed = false;
}

/* From now on paths 0 to @nr_paths - 1 are listed, in this order. */
void mpath_fake_set_nr_paths(struct kunit *test, int nr_paths)
{
	struct mpath_fake *fake = test->priv;
	int i;

	for (i = 0; i < MPATH_FAKE_PATHS; i++)
		if (fake->paths[i].listed)
			mpath_fake_remove_path(&fake->paths[i]);
	for (i = 0; i < nr_paths; i++)
		add_path(test, &fake->paths[i]);
	fake->nr_paths = nr_paths;
}

void mpath_fake_set_fitness(struct mpath_fake_path *path,
			    enum mpath_fake_fitness fitness)
{
	path->disabled = fitness == MPATH_FAKE_DISABLED;
	assign_bit(MPATH_DEVICE_MISMATCH, &path->mdev.flags,
		   fitness == MPATH_FAKE_UNFIT);
}

bool mpath_fake_is_fit(const struct mpath_fake_path *path)
{
	return !path->disabled &&
	       !test_bit(MPATH_DEVICE_MISMATCH, &path->mdev.flags);
}

static int index_of(struct mpath_device *mdev)
{
	return to_fake_path(mdev)->index;
}

/* The index of the path that the next bio would take, or -1. */
int mpath_fake_choose(struct mpath_fake *fake)
{
	return max(mpath_call_for_device(fake->head, index_of), -1);
}

static void alloc_disks(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	struct queue_limits lim = {};
	int i;

	for (i = 0; i < MPATH_FAKE_PATHS; i++) {
		struct gendisk *disk = blk_alloc_disk(&lim, NUMA_NO_NODE);

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, disk);
		fake->paths[i].disk = disk;
		fake->paths[i].index = i;
	}
}

/* For kunit_suite.init */
int mpath_fake_init(struct kunit *test)
{
	struct mpath_fake *fake;
	struct queue_limits lim;

	fake = kunit_kzalloc(test, sizeof(*fake), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fake);
	test->priv = fake;
	alloc_disks(test);

	fake->head = mpath_alloc_head();
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, fake->head);
	fake->head->mpdt = &fake_template;
	fake->head->iopolicy = &fake->iopolicy;
	fake->head->disk_groups = mpath_device_groups;
	fake->head->drv_module = THIS_MODULE;

	blk_set_stacking_limits(&lim);
	KUNIT_ASSERT_EQ(test, 0, mpath_alloc_head_disk(fake->head, &lim,
						       NUMA_NO_NODE));
	return 0;
}

/* For kunit_suite.exit; also after an init that failed half-way. */
void mpath_fake_exit(struct kunit *test)
{
	struct mpath_fake *fake = test->priv;
	int i;

	if (!fake)
		return;
	if (!IS_ERR_OR_NULL(fake->head)) {
		clear_bit(MPATH_HEAD_DISK_LIVE, &fake->head->flags);
		for (i = 0; i < MPATH_FAKE_PATHS; i++)
			if (fake->paths[i].listed)
				mpath_fake_remove_path(&fake->paths[i]);
		if (fake->head->disk)
			mpath_put_disk(fake->head);
		mpath_put_head(fake->head);
	}
	for (i = 0; i < MPATH_FAKE_PATHS; i++)
		if (!IS_ERR_OR_NULL(fake->paths[i].disk))
			put_disk(fake->paths[i].disk);
}
