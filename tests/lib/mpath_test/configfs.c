// SPDX-License-Identifier: GPL-2.0
/*
 * The directories by which a test has its heads and paths:
 *
 *	mkdir HEAD			in /sys/kernel/config/mpath_test
 *	mkdir HEAD/NAME			a path; its number is what NAME ends with
 *	echo /dev/nullb0 >HEAD/NAME/disk
 *	echo 1 >HEAD/NAME/added		mpath_add_device(); 0: delete
 *	echo 1 >HEAD/NAME/live		mpath_device_set_live()
 *
 * The first path that is added makes the disk of the head, as for any driver.
 * What else there is to read and write shows in the tables of attributes.
 *
 * A path is kept in memory by its directory and by ioctls, a head by its
 * directory and its paths.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "mpath_test.h"

#define MPT_SHOW(_type, _name, _fmt, _value)				\
static ssize_t mpt_##_type##_##_name##_show(struct config_item *item,	\
					    char *page)			\
{									\
	return sysfs_emit(page, _fmt "\n", _value);			\
}

#define MPT_STORE_UINT(_type, _name, _result, _max)			\
static ssize_t mpt_##_type##_##_name##_store(struct config_item *item,	\
					     const char *page, size_t count) \
{									\
	int ret = mpt_parse(page, _max, _result);				\
									\
	mpt_##_type##_changed(to_##_type(item));			\
	return ret ?: count;						\
}

static int mpt_parse(const char *page, unsigned int max, unsigned int *result)
{
	unsigned int value;

	if (kstrtouint(page, 0, &value) || value > max)
		return -EINVAL;
	WRITE_ONCE(*result, value);
	return 0;
}

/* Works that are queued without a disk would not be waited for. */
static void mpt_path_changed(struct mpt_path *p)
{
	if (READ_ONCE(p->h->head->disk))
		mpath_path_changed(p->h->head);
}

static void mpt_head_changed(struct mpt_head *h)
{
}

MPT_SHOW(path, disabled, "%u", to_path(item)->disabled);
MPT_STORE_UINT(path, disabled, &to_path(item)->disabled, 1);
CONFIGFS_ATTR(mpt_path_, disabled);
MPT_SHOW(path, usable_once, "%u", to_path(item)->usable_once);
static ssize_t mpt_path_usable_once_store(struct config_item *item, const char *page,
					  size_t count)
{
	return mpt_parse(page, 1, &to_path(item)->usable_once) ?: count;
}
CONFIGFS_ATTR(mpt_path_, usable_once);
MPT_SHOW(path, available, "%u", to_path(item)->available);
MPT_STORE_UINT(path, available, &to_path(item)->available, 1);
CONFIGFS_ATTR(mpt_path_, available);
MPT_SHOW(path, refuse_clone, "%u", to_path(item)->refuse_clone);
MPT_STORE_UINT(path, refuse_clone, &to_path(item)->refuse_clone, 1);
CONFIGFS_ATTR(mpt_path_, refuse_clone);
MPT_SHOW(path, delay_ms, "%u", to_path(item)->delay_ms);
MPT_STORE_UINT(path, delay_ms, &to_path(item)->delay_ms, 60000);
CONFIGFS_ATTR(mpt_path_, delay_ms);
MPT_SHOW(path, bios, "%ld", atomic_long_read(&to_path(item)->bios));
CONFIGFS_ATTR_RO(mpt_path_, bios);
MPT_SHOW(path, failed, "%ld", atomic_long_read(&to_path(item)->failed));
CONFIGFS_ATTR_RO(mpt_path_, failed);
MPT_SHOW(path, ioctls, "%d", atomic_read(&to_path(item)->ioctls));
CONFIGFS_ATTR_RO(mpt_path_, ioctls);

static const char * const mpt_states[] = {
	[MPATH_STATE_OPTIMIZED] = "optimized",
	[MPATH_STATE_NONOPTIMIZED] = "nonoptimized",
	[MPATH_STATE_OTHER] = "other",
};

MPT_SHOW(path, state, "%s", mpt_states[READ_ONCE(to_path(item)->mdev.access_state)]);
static ssize_t mpt_path_state_store(struct config_item *item, const char *page,
				    size_t count)
{
	int state = sysfs_match_string(mpt_states, page);

	if (state < 0)
		return state;
	WRITE_ONCE(to_path(item)->mdev.access_state, state);
	mpt_path_changed(to_path(item));
	return count;
}
CONFIGFS_ATTR(mpt_path_, state);

MPT_SHOW(path, fail, "%d", atomic_read(&to_path(item)->fail));
static ssize_t mpt_path_fail_store(struct config_item *item, const char *page,
				   size_t count)
{
	int value;

	if (kstrtoint(page, 0, &value) || value < -1)
		return -EINVAL;
	atomic_set(&to_path(item)->fail, value);
	return count;
}
CONFIGFS_ATTR(mpt_path_, fail);

static const struct {
	const char	*name;
	blk_status_t	status;
} mpt_statuses[] = {
	{ "transport", BLK_STS_TRANSPORT },	/* of the path */
	{ "medium", BLK_STS_MEDIUM },		/* of the unit */
	{ "again", BLK_STS_AGAIN },
};

static ssize_t mpt_path_status_store(struct config_item *item, const char *page,
				     size_t count)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(mpt_statuses); i++) {
		if (sysfs_streq(page, mpt_statuses[i].name)) {
			WRITE_ONCE(to_path(item)->status, mpt_statuses[i].status);
			return count;
		}
	}
	return -EINVAL;
}
CONFIGFS_ATTR_WO(mpt_path_, status);

/* A node that is not there has no distance. It holds from the next add on. */
MPT_SHOW(path, numa_node, "%d", to_path(item)->numa_node);
static ssize_t mpt_path_numa_node_store(struct config_item *item, const char *page,
					size_t count)
{
	int value;

	if (kstrtoint(page, 0, &value) || value < NUMA_NO_NODE ||
	    value >= (int)nr_node_ids)
		return -EINVAL;
	to_path(item)->numa_node = value;
	return count;
}
CONFIGFS_ATTR(mpt_path_, numa_node);

/* The nodes whose choice this path is; none for a path that is not added. */
static ssize_t mpt_path_nodes_show(struct config_item *item, char *page)
{
	struct mpt_path *p = to_path(item);
	ssize_t ret;

	mutex_lock(&p->lock);
	ret = p->added ? mpath_numa_nodes_show(&p->mdev, page) : 0;
	mutex_unlock(&p->lock);
	return ret;
}
CONFIGFS_ATTR_RO(mpt_path_, nodes);

static ssize_t mpt_path_disk_store(struct config_item *item, const char *page,
				   size_t count)
{
	struct mpt_path *p = to_path(item);
	char name[64];
	struct file *file;
	int ret = -EBUSY;

	if (strscpy(name, page) < 0)
		return -EINVAL;
	mutex_lock(&p->lock);
	if (p->file)
		goto out;
	file = bdev_file_open_by_path(strim(name), BLK_OPEN_READ | BLK_OPEN_WRITE,
				      p, NULL);
	ret = PTR_ERR_OR_ZERO(file);
	if (!ret)
		p->file = file;
out:
	mutex_unlock(&p->lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(mpt_path_, disk);

MPT_SHOW(path, added, "%d", READ_ONCE(to_path(item)->added));
static ssize_t mpt_path_added_store(struct config_item *item, const char *page,
				    size_t count)
{
	struct mpt_path *p = to_path(item);
	bool add;
	int ret;

	if (kstrtobool(page, &add))
		return -EINVAL;
	if (add) {
		mutex_lock(&p->lock);
		ret = mpt_add(p);
		mutex_unlock(&p->lock);
	} else {
		ret = mpt_delete(p);
	}
	return ret ?: count;
}
CONFIGFS_ATTR(mpt_path_, added);

static ssize_t mpt_path_live_store(struct config_item *item, const char *page,
				   size_t count)
{
	struct mpt_path *p = to_path(item);
	int ret = -ENOENT;

	mutex_lock(&p->lock);
	if (p->added)
		ret = mpath_device_set_live(&p->mdev);
	mutex_unlock(&p->lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(mpt_path_, live);

static struct configfs_attribute *mpt_path_attrs[] = {
	&mpt_path_attr_disk,
	&mpt_path_attr_added,
	&mpt_path_attr_live,
	&mpt_path_attr_state,
	&mpt_path_attr_disabled,
	&mpt_path_attr_usable_once,
	&mpt_path_attr_available,
	&mpt_path_attr_refuse_clone,
	&mpt_path_attr_delay_ms,
	&mpt_path_attr_fail,
	&mpt_path_attr_status,
	&mpt_path_attr_numa_node,
	&mpt_path_attr_nodes,
	&mpt_path_attr_bios,
	&mpt_path_attr_failed,
	&mpt_path_attr_ioctls,
	NULL,
};

MPT_SHOW(head, own_ref, "%u", to_head(item)->own_ref);
MPT_STORE_UINT(head, own_ref, &to_head(item)->own_ref, 1);
CONFIGFS_ATTR(mpt_head_, own_ref);
MPT_SHOW(head, ioctl_ms, "%u", to_head(item)->ioctl_ms);
MPT_STORE_UINT(head, ioctl_ms, &to_head(item)->ioctl_ms, 60000);
CONFIGFS_ATTR(mpt_head_, ioctl_ms);
MPT_SHOW(head, max_tries, "%u", to_head(item)->max_tries);
MPT_STORE_UINT(head, max_tries, &to_head(item)->max_tries, 1000000);
CONFIGFS_ATTR(mpt_head_, max_tries);
MPT_SHOW(head, bios, "%ld", atomic_long_read(&to_head(item)->bios));
CONFIGFS_ATTR_RO(mpt_head_, bios);

static int mpt_path_number(struct mpath_device *mdev)
{
	return mdev_to_path(mdev)->id;
}

MPT_SHOW(head, selected, "%d", mpath_call_for_device(to_head(item)->head, mpt_path_number));
CONFIGFS_ATTR_RO(mpt_head_, selected);

/* What the path's driver gives as the head's own; in hex, or an error. */
static ssize_t mpt_head_unique_id_show(struct config_item *item, char *page)
{
	struct gendisk *disk = READ_ONCE(to_head(item)->head->disk);
	u8 id[16] = {};
	int len;

	if (!disk)
		return -ENODEV;
	len = disk->fops->get_unique_id(disk, id, BLK_UID_NAA);
	return len < 0 ? len : sysfs_emit(page, "%*phN\n", len, id);
}
CONFIGFS_ATTR_RO(mpt_head_, unique_id);

/* Append a block to the first zone of the head; the sector where it is now. */
static ssize_t mpt_head_append_show(struct config_item *item, char *page)
{
	struct gendisk *disk = READ_ONCE(to_head(item)->head->disk);
	struct bio *bio;
	ssize_t ret;

	if (!disk)
		return -ENODEV;
	bio = bio_alloc(disk->part0, 1, REQ_OP_ZONE_APPEND, GFP_KERNEL);
	__bio_add_page(bio, ZERO_PAGE(0), PAGE_SIZE, 0);
	ret = submit_bio_wait(bio);
	if (!ret)
		ret = sysfs_emit(page, "%llu\n", bio->bi_iter.bi_sector);
	bio_put(bio);
	return ret;
}
CONFIGFS_ATTR_RO(mpt_head_, append);

static ssize_t mpt_head_revalidate_store(struct config_item *item, const char *page,
					 size_t count)
{
	struct mpath_head *head = to_head(item)->head;
	int ret = -ENODEV;

	mutex_lock(&mpt_lock);
	if (head->disk)
		ret = mpath_revalidate_head(head);
	mutex_unlock(&mpt_lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(mpt_head_, revalidate);

static ssize_t mpt_head_remove_store(struct config_item *item, const char *page,
				     size_t count)
{
	struct mpath_head *head = to_head(item)->head;
	int ret = -ENODEV;

	mutex_lock(&mpt_lock);
	if (head->disk) {
		mpath_remove_disk(head);
		ret = 0;
	}
	mutex_unlock(&mpt_lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(mpt_head_, remove);

#define MPT_CALLBACK(_name) \
	{ #_name, offsetof(struct mpath_head_template, _name) }

static const struct {
	const char	*name;
	size_t		offset;
} mpt_callbacks[] = {
	MPT_CALLBACK(is_disabled),
	MPT_CALLBACK(is_optimized),
	MPT_CALLBACK(available_path),
	MPT_CALLBACK(clone_bio),
	MPT_CALLBACK(remove_head),
	MPT_CALLBACK(add_cdev),
	MPT_CALLBACK(del_cdev),
	MPT_CALLBACK(cdev_ioctl),
	MPT_CALLBACK(chr_uring_cmd),
	MPT_CALLBACK(chr_uring_cmd_iopoll),
	MPT_CALLBACK(ioctl_check),
	MPT_CALLBACK(ioctl_begin),
	MPT_CALLBACK(ioctl_finish),
};

/* Be a driver that lacks this callback, or another thing it has to set. */
static int mpt_omit(struct mpath_head *head, const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(mpt_callbacks); i++) {
		if (sysfs_streq(name, mpt_callbacks[i].name)) {
			memset((void *)head->mpdt + mpt_callbacks[i].offset, 0,
			       sizeof(void *));
			return 0;
		}
	}
	if (sysfs_streq(name, "hold_ioctls"))
		((struct mpath_head_template *)head->mpdt)->hold_ioctls = false;
	else if (sysfs_streq(name, "template"))
		head->mpdt = NULL;
	else if (sysfs_streq(name, "iopolicy"))
		head->iopolicy = NULL;
	else if (sysfs_streq(name, "disk_groups"))
		head->disk_groups = NULL;
	else if (sysfs_streq(name, "parent"))
		head->parent = NULL;
	else
		return -EINVAL;
	return 0;
}

static ssize_t mpt_head_omit_store(struct config_item *item, const char *page,
				   size_t count)
{
	struct mpath_head *head = to_head(item)->head;
	int ret = -EBUSY;

	mutex_lock(&mpt_lock);
	if (!head->disk && head->mpdt)
		ret = mpt_omit(head, page);
	mutex_unlock(&mpt_lock);
	return ret ?: count;
}
CONFIGFS_ATTR_WO(mpt_head_, omit);

/* Has the partition table been read that is read when the disk comes? */
static ssize_t mpt_head_scanned_show(struct config_item *item, char *page)
{
	struct mpath_head *head = to_head(item)->head;
	bool scanned = false;

	mutex_lock(&mpt_lock);
	if (head->disk)
		scanned = !test_bit(GD_SUPPRESS_PART_SCAN, &head->disk->state) &&
			  !work_busy(&head->partition_scan_work);
	mutex_unlock(&mpt_lock);
	return sysfs_emit(page, "%d\n", scanned);
}
CONFIGFS_ATTR_RO(mpt_head_, scanned);

static struct configfs_attribute *mpt_head_attrs[] = {
	&mpt_head_attr_omit,
	&mpt_head_attr_own_ref,
	&mpt_head_attr_ioctl_ms,
	&mpt_head_attr_max_tries,
	&mpt_head_attr_bios,
	&mpt_head_attr_selected,
	&mpt_head_attr_scanned,
	&mpt_head_attr_unique_id,
	&mpt_head_attr_append,
	&mpt_head_attr_revalidate,
	&mpt_head_attr_remove,
	NULL,
};

/* Directories */

static void mpt_release_path(struct config_item *item)
{
	struct mpt_path *p = to_path(item);

	if (p->file)
		fput(p->file);
	config_group_put(&p->h->group);
	kfree(p);
}

static struct configfs_item_operations mpt_path_item_ops = {
	.release	= mpt_release_path,
};

static const struct config_item_type mpt_path_type = {
	.ct_owner	= THIS_MODULE,
	.ct_item_ops	= &mpt_path_item_ops,
	.ct_attrs	= mpt_path_attrs,
};

static struct config_item *mpt_make_path(struct config_group *group,
					 const char *name)
{
	struct mpt_path *p = kzalloc_obj(*p);

	if (!p)
		return ERR_PTR(-ENOMEM);
	config_item_init_type_name(&p->item, name, &mpt_path_type);
	mutex_init(&p->lock);
	p->h = to_head(&config_group_get(group)->cg_item);
	p->numa_node = NUMA_NO_NODE;
	p->available = 1;
	p->status = BLK_STS_TRANSPORT;
	if (kstrtoint(name + strcspn(name, "0123456789"), 10, &p->id))
		p->id = 0;
	return &p->item;
}

static void mpt_drop_path(struct config_group *group, struct config_item *item)
{
	mpt_delete(to_path(item));
	config_item_put(item);
}

static void mpt_release_head(struct config_item *item)
{
	struct mpt_head *h = to_head(item);

	mpath_put_head(h->head);
	kfree(h);
}

static struct configfs_item_operations mpt_head_item_ops = {
	.release	= mpt_release_head,
};

static struct configfs_group_operations mpt_head_group_ops = {
	.make_item	= mpt_make_path,
	.drop_item	= mpt_drop_path,
};

static const struct config_item_type mpt_head_type = {
	.ct_owner	= THIS_MODULE,
	.ct_item_ops	= &mpt_head_item_ops,
	.ct_group_ops	= &mpt_head_group_ops,
	.ct_attrs	= mpt_head_attrs,
};

static struct config_group *mpt_make_head(struct config_group *group,
					  const char *name)
{
	struct mpt_head *h;
	int ret = -ENOMEM;

	h = kzalloc_obj(*h);
	if (!h)
		return ERR_PTR(ret);
	ret = mpt_alloc_head(h);
	if (ret) {
		kfree(h);
		return ERR_PTR(ret);
	}
	config_group_init_type_name(&h->group, name, &mpt_head_type);
	return &h->group;
}

static void mpt_drop_head(struct config_group *group, struct config_item *item)
{
	mpt_drop_disk(to_head(item));
	config_item_put(item);
}

static struct configfs_group_operations mpt_root_group_ops = {
	.make_group	= mpt_make_head,
	.drop_item	= mpt_drop_head,
};

static const struct config_item_type mpt_root_type = {
	.ct_owner	= THIS_MODULE,
	.ct_group_ops	= &mpt_root_group_ops,
};

static struct configfs_subsystem mpt_subsys = {
	.su_group.cg_item = {
		.ci_namebuf	= "mpath_test",
		.ci_type	= &mpt_root_type,
	},
};

int mpt_configfs_init(void)
{
	config_group_init(&mpt_subsys.su_group);
	mutex_init(&mpt_subsys.su_mutex);
	return configfs_register_subsystem(&mpt_subsys);
}

void mpt_configfs_exit(void)
{
	configfs_unregister_subsystem(&mpt_subsys);
}
