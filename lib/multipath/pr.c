// SPDX-License-Identifier: GPL-2.0
/*
 * Persistent reservations of a head.
 *
 * Where the driver says that the target knows the host as a whole, a command
 * goes down one path. Where the target knows each path (SPC-4 5.12: an I_T
 * nexus) by itself, the host must look like one all the same:
 *
 *  - No command goes down a path that the driver, asked anew, has doubts about.
 *  - A key is registered through every path. A path that lacks it gets no I/O
 *    and is registered when it can be, by pr_work.
 *  - Only types that let every registered path write are reserved: one whose
 *    holder is alone would fail the I/O of all other paths.
 *  - A release goes through every path, as only the holder's has an effect
 *    (SPC-4 5.12.11.2.3), and the holder may not be here any more: then
 *    another path takes the reservation over first.
 *  - A preemption that also hits our own key takes it from our other paths:
 *    they get no I/O until they have it again.
 *  - A host that was preempted does not register again. A path that comes back
 *    is registered only while the target still has our key from another path.
 *
 *	pr_work				another host
 *	reads keys: ours is there
 *					preempts our key
 *	registers the path
 *	reads keys: only this one is
 *	ours: unregisters, forgets
 *
 * Commands come with a path reference for each path they are sent through, so
 * they hold up no removal but that of these paths. pr_lock makes them one at a
 * time.
 */
#include <linux/export.h>
#include <linux/pr.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "internal.h"

/* How long until a path that could not be registered is tried again. */
#define MPATH_PR_RETRY		(5 * HZ)

/* A target with more keys than this is not believed. */
#define MPATH_PR_KEYS_MAX	4096

static const struct pr_ops *mpath_path_pr_ops(struct mpath_device *mdev)
{
	static const struct pr_ops none;

	return mdev->disk->fops->pr_ops ?: &none;
}

/* A key, or a preemption, would be one of whatever the path leads to. */
static bool mpath_pr_may_send(struct mpath_device *mdev)
{
	const struct mpath_head_template *mpdt = mdev->mpath_head->mpdt;

	return !mpdt->may_reserve || mpdt->may_reserve(mdev);
}

/* As mpath_get_all_paths(), but for those that must not be used after all. */
static struct mpath_device **mpath_pr_get_paths(struct mpath_head *head,
						unsigned int *nr)
{
	struct mpath_device **paths;
	unsigned int i, all;

	*nr = 0;
	paths = mpath_get_all_paths(head, &all);
	for (i = 0; i < all; i++) {
		if (mpath_pr_may_send(paths[i]))
			paths[(*nr)++] = paths[i];
		else
			mpath_device_put(paths[i]);
	}
	return paths;
}

static int mpath_pr_register_path(struct mpath_device *mdev, u64 old, u64 new,
				  u32 flags)
{
	const struct pr_ops *ops = mpath_path_pr_ops(mdev);

	if (!ops->pr_register)
		return -EOPNOTSUPP;
	return ops->pr_register(mdev->disk->part0, old, new, flags);
}

static bool mpath_pr_is_registered(struct mpath_device *mdev)
{
	return !test_bit(MPATH_DEVICE_UNREGISTERED, &mdev->flags);
}

static bool mpath_pr_is_asked(struct mpath_device **paths, unsigned int nr,
			      const struct mpath_device *mdev)
{
	while (nr)
		if (paths[--nr] == mdev)
			return true;
	return false;
}

/*
 * From now on a path needs the new key, or none. Those of @paths are about to
 * get it: they keep what right to I/O they have until that has been tried, or
 * there would be none for a moment.
 */
static void mpath_pr_set_key(struct mpath_head *head, u64 key,
			     struct mpath_device **paths, unsigned int nr)
{
	struct mpath_device *mdev;

	lockdep_assert_held(&head->pr_lock);
	mutex_lock(&head->lock);
	head->pr_key = key;
	list_for_each_entry(mdev, &head->dev_list, siblings)
		if (!key || !mpath_pr_is_asked(paths, nr, mdev))
			assign_bit(MPATH_DEVICE_UNREGISTERED, &mdev->flags,
				   key);
	mutex_unlock(&head->lock);
}

/* Paths have got the key, or need none: they are usable again. */
static void mpath_pr_changed(struct mpath_head *head)
{
	mpath_clear_paths(head);
	mpath_path_changed(head);
}

/* Returns the first path that takes the key, or -1 with the error in *@ret. */
static int mpath_pr_register_first(struct mpath_device **paths,
				   unsigned int nr, u64 old, u64 new,
				   u32 flags, int *ret)
{
	unsigned int i;

	*ret = -EWOULDBLOCK;
	for (i = 0; i < nr; i++) {
		*ret = mpath_pr_register_path(paths[i], old, new, flags);
		if (!*ret)
			return i;
		/* It is the target that says no, not the path. */
		if (*ret == PR_STS_RESERVATION_CONFLICT)
			break;
	}
	return -1;
}

/*
 * The first path decides whether the target takes the key. What keys the
 * others had before does not matter then.
 */
static int mpath_pr_register_all(struct mpath_head *head, u64 old, u64 new,
				 u32 flags)
{
	struct mpath_device **paths;
	unsigned int nr, i;
	int first, ret;

	paths = mpath_pr_get_paths(head, &nr);
	if (!paths)
		return -ENOMEM;
	first = mpath_pr_register_first(paths, nr, old, new, flags, &ret);
	if (first < 0)
		goto out;

	mpath_pr_set_key(head, new, paths, nr);
	clear_bit(MPATH_DEVICE_UNREGISTERED, &paths[first]->flags);
	mpath_pr_changed(head);
	for (i = 0; i < nr; i++) {
		if (i == first)
			continue;
		ret = mpath_pr_register_path(paths[i], 0, new, PR_FL_IGNORE_KEY);
		assign_bit(MPATH_DEVICE_UNREGISTERED, &paths[i]->flags,
			   ret && new);
	}
	ret = 0;
	/* Those that are left are tried again by pr_work. */
	mpath_pr_changed(head);
out:
	mpath_put_all_paths(paths, nr);
	return ret;
}

/* The keys the target has, as the first path that can say so reports them. */
static struct pr_keys *mpath_pr_read_all_keys(struct mpath_device **paths,
					      unsigned int nr,
					      unsigned int max)
{
	struct pr_keys *keys;
	unsigned int i;

	keys = kzalloc(struct_size(keys, keys, max), GFP_NOIO);
	if (!keys)
		return NULL;
	for (i = 0; i < nr; i++) {
		const struct pr_ops *ops = mpath_path_pr_ops(paths[i]);

		keys->num_keys = max;
		if (ops->pr_read_keys &&
		    !ops->pr_read_keys(paths[i]->disk->part0, keys))
			return keys;
	}
	kfree(keys);
	return NULL;
}

/* How often has the target our key? Or a negative errno. */
static int mpath_pr_count_key(struct mpath_device **paths, unsigned int nr,
			      u64 key)
{
	unsigned int max = 64, i;
	struct pr_keys *keys;
	int count = 0;

	keys = mpath_pr_read_all_keys(paths, nr, max);
	if (keys && keys->num_keys > max) {
		max = min(keys->num_keys, MPATH_PR_KEYS_MAX);
		kfree(keys);
		keys = mpath_pr_read_all_keys(paths, nr, max);
	}
	if (!keys)
		return -EIO;
	for (i = 0; i < min(keys->num_keys, max); i++)
		if (keys->keys[i] == key)
			count++;
	kfree(keys);
	return count;
}

static void mpath_pr_forget(struct mpath_head *head)
{
	pr_warn("%s: the target has lost our reservation key, or another host has removed it; going on without\n",
		head->disk->disk_name);
	mpath_pr_set_key(head, 0, NULL, 0);
	mpath_pr_changed(head);
}

/*
 * Give the key to a path that lacks it, unless the host has been preempted.
 * Returns true if that is settled, either way.
 */
static bool mpath_pr_join(struct mpath_head *head, struct mpath_device *mdev,
			  struct mpath_device **paths, unsigned int nr,
			  bool others)
{
	u64 key = head->pr_key;
	int count = mpath_pr_count_key(paths, nr, key);

	if (count < 0)
		return false;
	if (count && mpath_pr_register_path(mdev, 0, key, PR_FL_IGNORE_KEY))
		return false;
	if (count)
		count = mpath_pr_count_key(paths, nr, key);
	if (count < 0)
		return false;
	/* The one just registered says nothing about the others. */
	if (count > others) {
		clear_bit(MPATH_DEVICE_UNREGISTERED, &mdev->flags);
		return true;
	}
	if (count)
		mpath_pr_register_path(mdev, key, 0, 0);
	mpath_pr_forget(head);
	return true;
}

/* Returns true if a path is still without the key. */
static bool mpath_pr_catch_up(struct mpath_head *head)
{
	struct mpath_device **paths;
	bool others = false, again = false, joined = false;
	unsigned int nr, i;

	lockdep_assert_held(&head->pr_lock);
	paths = mpath_pr_get_paths(head, &nr);
	if (!paths)
		return true;
	for (i = 0; i < nr; i++)
		others = others || mpath_pr_is_registered(paths[i]);
	for (i = 0; i < nr && head->pr_key; i++) {
		if (mpath_pr_is_registered(paths[i]))
			continue;
		if (mpath_pr_join(head, paths[i], paths, nr, others))
			joined = true;
		else
			again = true;
	}
	mpath_put_all_paths(paths, nr);
	if (joined)
		mpath_pr_changed(head);
	return again;
}

void mpath_pr_work(struct work_struct *work)
{
	struct mpath_head *head =
		container_of(work, struct mpath_head, pr_work.work);
	/* I/O may wait for the path that gets its key here. */
	unsigned int noio = memalloc_noio_save();
	bool again;

	mutex_lock(&head->pr_lock);
	again = head->pr_key && mpath_pr_catch_up(head);
	mutex_unlock(&head->pr_lock);
	if (again)
		queue_delayed_work(mpath_pr_wq, &head->pr_work, MPATH_PR_RETRY);
	memalloc_noio_restore(noio);
}

/*
 * A preemption that takes the key from our other paths: what they have in
 * flight is waited for, as it would meet a conflict. They get the key again
 * from pr_work.
 */
static int mpath_pr_preempt_own(struct mpath_head *head, u64 key, u64 victim,
				enum pr_type type, bool abort)
{
	struct mpath_device **paths, *keeper = NULL;
	int ret = -EWOULDBLOCK;
	unsigned int nr, i;

	lockdep_assert_held(&head->pr_lock);
	paths = mpath_get_all_paths(head, &nr);
	if (!paths)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		if (!keeper && mpath_pr_is_registered(paths[i]) &&
		    mpath_path_pr_ops(paths[i])->pr_preempt &&
		    mpath_pr_may_send(paths[i]))
			keeper = paths[i];
		else
			set_bit(MPATH_DEVICE_UNREGISTERED, &paths[i]->flags);
	}
	mpath_clear_paths(head);
	mpath_synchronize(head);
	for (i = 0; i < nr; i++)
		if (paths[i] != keeper)
			mpath_compat_drain_queue(paths[i]->disk->queue);
	if (keeper)
		ret = mpath_path_pr_ops(keeper)->pr_preempt(keeper->disk->part0,
							    key, victim, type,
							    abort);
	mpath_put_all_paths(paths, nr);
	queue_delayed_work(mpath_pr_wq, &head->pr_work, 0);
	return ret;
}

/* Returns the path for a command, with pr_lock held, or ERR_PTR without. */
static struct mpath_device *mpath_pr_begin(struct mpath_head *head)
{
	struct mpath_device *mdev;
	int ret;

	do {
		mutex_lock(&head->pr_lock);
		while ((mdev = mpath_get_path(head))) {
			if (mpath_pr_may_send(mdev))
				return mdev;
			mpath_device_put(mdev);
		}
		mutex_unlock(&head->pr_lock);
		ret = mpath_wait_for_path(head);
	} while (!ret);
	return ERR_PTR(ret);
}

/* Of any path that is not disabled, though it may lack the key that was. */
static int mpath_pr_register_waiting(struct mpath_head *head, u64 old, u64 new,
				     u32 flags)
{
	int ret, waited;

	do {
		mutex_lock(&head->pr_lock);
		ret = mpath_pr_register_all(head, old, new, flags);
		mutex_unlock(&head->pr_lock);
		if (ret != -EWOULDBLOCK)
			return ret;
		waited = mpath_wait_for_path(head);
	} while (!waited);
	return waited;
}

static void mpath_pr_end(struct mpath_head *head, struct mpath_device *mdev)
{
	mpath_device_put(mdev);
	mutex_unlock(&head->pr_lock);
}

static int mpath_pr_register(struct block_device *bdev, u64 old, u64 new,
			     u32 flags)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	struct mpath_device *mdev;
	int ret;

	if (head->mpdt->pr_per_path)
		return mpath_pr_register_waiting(head, old, new, flags);
	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ret = mpath_pr_register_path(mdev, old, new, flags);
	mpath_pr_end(head, mdev);
	return ret;
}

/* The holder of these is one path, and all others could not even write. */
static bool mpath_pr_type_is_for_one(enum pr_type type)
{
	return type == PR_WRITE_EXCLUSIVE || type == PR_EXCLUSIVE_ACCESS;
}

static int mpath_pr_reserve(struct block_device *bdev, u64 key,
			    enum pr_type type, u32 flags)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	const struct pr_ops *ops;
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	if (head->mpdt->pr_per_path && mpath_pr_type_is_for_one(type)) {
		pr_notice_ratelimited("%s: this reservation would stop all paths but one: use a type for registrants\n",
				      head->disk->disk_name);
		return -EOPNOTSUPP;
	}
	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ops = mpath_path_pr_ops(mdev);
	if (ops->pr_reserve)
		ret = ops->pr_reserve(mdev->disk->part0, key, type, flags);
	mpath_pr_end(head, mdev);
	return ret;
}

static int mpath_pr_release_path(struct mpath_device *mdev, u64 key,
				 enum pr_type type)
{
	const struct pr_ops *ops = mpath_path_pr_ops(mdev);

	if (!ops->pr_release)
		return -EOPNOTSUPP;
	return ops->pr_release(mdev->disk->part0, key, type);
}

/* Of a path that does not hold the reservation the target takes no notice. */
static int mpath_pr_release_all(struct mpath_head *head, u64 key,
				enum pr_type type)
{
	struct mpath_device **paths;
	int ret = -EWOULDBLOCK, err;
	unsigned int nr, i;

	paths = mpath_pr_get_paths(head, &nr);
	if (!paths)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		if (!mpath_pr_is_registered(paths[i]))
			continue;
		err = mpath_pr_release_path(paths[i], key, type);
		if (ret)
			ret = err;
	}
	mpath_put_all_paths(paths, nr);
	return ret;
}

/* Does a path of ours hold the reservation that none of them could release? */
static bool mpath_pr_still_holds(struct mpath_device *mdev, u64 key)
{
	const struct pr_ops *ops = mpath_path_pr_ops(mdev);
	struct pr_held_reservation held = {};

	return ops->pr_read_reservation &&
	       !ops->pr_read_reservation(mdev->disk->part0, &held) &&
	       held.key && held.key == key;
}

static int mpath_pr_release(struct block_device *bdev, u64 key,
			    enum pr_type type)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	struct mpath_device *mdev;
	int ret;

	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	if (!head->mpdt->pr_per_path) {
		ret = mpath_pr_release_path(mdev, key, type);
		goto out;
	}
	ret = mpath_pr_release_all(head, key, type);
	if (!ret && mpath_pr_still_holds(mdev, key)) {
		ret = mpath_pr_preempt_own(head, key, key, type, false);
		if (!ret)
			ret = mpath_pr_release_all(head, key, type);
	}
out:
	mpath_pr_end(head, mdev);
	return ret;
}

static int mpath_pr_preempt(struct block_device *bdev, u64 key, u64 victim,
			    enum pr_type type, bool abort)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	const struct pr_ops *ops;
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	if (head->mpdt->pr_per_path && mpath_pr_type_is_for_one(type))
		return -EOPNOTSUPP;
	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ops = mpath_path_pr_ops(mdev);
	/* Key 0 stands for everybody but this path. */
	if (head->pr_key && (!victim || victim == head->pr_key))
		ret = mpath_pr_preempt_own(head, key, victim, type, abort);
	else if (ops->pr_preempt)
		ret = ops->pr_preempt(mdev->disk->part0, key, victim, type,
				      abort);
	mpath_pr_end(head, mdev);
	return ret;
}

static int mpath_pr_clear(struct block_device *bdev, u64 key)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	const struct pr_ops *ops;
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ops = mpath_path_pr_ops(mdev);
	if (ops->pr_clear)
		ret = ops->pr_clear(mdev->disk->part0, key);
	if (!ret && head->pr_key) {
		mpath_pr_set_key(head, 0, NULL, 0);
		mpath_pr_changed(head);
	}
	mpath_pr_end(head, mdev);
	return ret;
}

static int mpath_pr_read_keys(struct block_device *bdev, struct pr_keys *keys)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	const struct pr_ops *ops;
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ops = mpath_path_pr_ops(mdev);
	if (ops->pr_read_keys)
		ret = ops->pr_read_keys(mdev->disk->part0, keys);
	mpath_pr_end(head, mdev);
	return ret;
}

static int mpath_pr_read_reservation(struct block_device *bdev,
				     struct pr_held_reservation *held)
{
	struct mpath_head *head = mpath_gendisk_to_head(bdev->bd_disk);
	const struct pr_ops *ops;
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	mdev = mpath_pr_begin(head);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	ops = mpath_path_pr_ops(mdev);
	if (ops->pr_read_reservation)
		ret = ops->pr_read_reservation(mdev->disk->part0, held);
	mpath_pr_end(head, mdev);
	return ret;
}

/*
 * The block layer refuses reservations of a partition, and a head is found by
 * its disk all the same.
 */
const struct pr_ops mpath_pr_ops = {
	.pr_register		= mpath_pr_register,
	.pr_reserve		= mpath_pr_reserve,
	.pr_release		= mpath_pr_release,
	.pr_preempt		= mpath_pr_preempt,
	.pr_clear		= mpath_pr_clear,
	.pr_read_keys		= mpath_pr_read_keys,
	.pr_read_reservation	= mpath_pr_read_reservation,
};
EXPORT_SYMBOL_GPL(mpath_pr_ops);
