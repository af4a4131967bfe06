/* v6.18: getgeo of a block device is given its gendisk. */
#include <linux/blkdev.h>

int have_getgeo_gendisk(struct gendisk *disk, struct hd_geometry *geo);
int have_getgeo_gendisk(struct gendisk *disk, struct hd_geometry *geo) { return disk->fops->getgeo(disk, geo); }
