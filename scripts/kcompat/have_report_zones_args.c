/* v6.19: report_zones of a block device is given its callback in a structure. */
#include <linux/blkdev.h>

int have_report_zones_args(struct gendisk *disk, struct blk_report_zones_args *args);
int have_report_zones_args(struct gendisk *disk, struct blk_report_zones_args *args) { return disk->fops->report_zones(disk, 0, 1, args); }
