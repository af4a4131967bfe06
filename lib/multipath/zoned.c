// SPDX-License-Identifier: GPL-2.0
/* Zones: all paths lead to the same ones, so any path can report them. */
#include "internal.h"

int mpath_bdev_report_zones(struct gendisk *disk, sector_t sector,
			    unsigned int nr_zones,
			    struct blk_report_zones_args *args)
{
	struct mpath_device *mdev;
	int ret = -EOPNOTSUPP;

	mdev = mpath_await_path(mpath_gendisk_to_head(disk));
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	if (mdev->disk->fops->report_zones)
		ret = mpath_compat_disk_report_zones(mdev->disk, sector,
						     nr_zones, args);
	mpath_device_put(mdev);
	return ret;
}
