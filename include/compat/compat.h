/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only file that knows that kernels differ. The sources speak the newest
 * supported kernel; what an older one lacks is made up for here, sorted by the
 * kernel header it belongs to. Included before every source file.
 *
 * A name that is a macro is tested by #ifndef; everything else by a probe in
 * scripts/kcompat/ that becomes HAVE_<FEATURE>.
 */
#ifndef _MPATH_COMPAT_H
#define _MPATH_COMPAT_H

#include <generated/mpath-config.h>

/* linux/blkdev.h */
#include <linux/blkdev.h>

#ifdef HAVE_ATOMIC_WRITE_STACKING
static inline void mpath_compat_stack_atomic(struct queue_limits *t,
					     const struct queue_limits *b,
					     bool first)
{
}
#else
/*
 * Older kernels do not stack the atomic write limits at all. All paths lead to
 * one unit, so they agree; where they do not, there are no atomic writes.
 */
static inline void mpath_compat_stack_atomic(struct queue_limits *t,
					     const struct queue_limits *b,
					     bool first)
{
	if (first) {
		t->atomic_write_hw_max = b->atomic_write_hw_max;
		t->atomic_write_hw_boundary = b->atomic_write_hw_boundary;
		t->atomic_write_hw_unit_min = b->atomic_write_hw_unit_min;
		t->atomic_write_hw_unit_max = b->atomic_write_hw_unit_max;
	} else if (t->atomic_write_hw_max != b->atomic_write_hw_max ||
		   t->atomic_write_hw_boundary != b->atomic_write_hw_boundary ||
		   t->atomic_write_hw_unit_min != b->atomic_write_hw_unit_min ||
		   t->atomic_write_hw_unit_max != b->atomic_write_hw_unit_max) {
		t->atomic_write_hw_max = 0;
		t->atomic_write_hw_boundary = 0;
		t->atomic_write_hw_unit_min = 0;
		t->atomic_write_hw_unit_max = 0;
	}
}

#define BLK_FEAT_ATOMIC_WRITES	((__force blk_features_t)0)
#endif

/*
 * Write zeroes that unmap: the limit is that of write zeroes, or there is none.
 * A driver that gives up write zeroes leaves it as it was.
 */
#ifdef HAVE_WZEROES_UNMAP
static inline void mpath_compat_stack_wzeroes(struct queue_limits *t)
{
	if (t->max_hw_wzeroes_unmap_sectors != t->max_write_zeroes_sectors)
		t->max_hw_wzeroes_unmap_sectors = 0;
}

static inline void
mpath_compat_keep_user_wzeroes(struct queue_limits *lim,
			       const struct queue_limits *old)
{
	lim->max_user_wzeroes_unmap_sectors =
		old->max_user_wzeroes_unmap_sectors;
}
#else
static inline void mpath_compat_stack_wzeroes(struct queue_limits *t)
{
}

static inline void
mpath_compat_keep_user_wzeroes(struct queue_limits *lim,
			       const struct queue_limits *old)
{
}
#endif

/*
 * Operations of a block device whose arguments have changed: how to call
 * another disk's, and what to put into one's own table.
 */
#ifdef HAVE_GETGEO_GENDISK
static inline int mpath_compat_disk_getgeo(struct gendisk *disk,
					   struct hd_geometry *geo)
{
	return disk->fops->getgeo(disk, geo);
}

#define MPATH_COMPAT_GETGEO(fn)		(fn)
#define MPATH_COMPAT_DEFINE_GETGEO(fn)
#else
static inline int mpath_compat_disk_getgeo(struct gendisk *disk,
					   struct hd_geometry *geo)
{
	return disk->fops->getgeo(disk->part0, geo);
}

#define MPATH_COMPAT_GETGEO(fn)		(fn##_compat)
#define MPATH_COMPAT_DEFINE_GETGEO(fn)					\
static int fn##_compat(struct block_device *bdev, struct hd_geometry *geo) \
{									\
	return fn(bdev->bd_disk, geo);					\
}
#endif

#ifdef HAVE_REPORT_ZONES_ARGS
static inline int
mpath_compat_disk_report_zones(struct gendisk *disk, sector_t sector,
			       unsigned int nr_zones,
			       struct blk_report_zones_args *args)
{
	return disk->fops->report_zones(disk, sector, nr_zones, args);
}

#define MPATH_COMPAT_REPORT_ZONES(fn)	(fn)
#define MPATH_COMPAT_DEFINE_REPORT_ZONES(fn)
#else
struct blk_report_zones_args {
	report_zones_cb	cb;
	void		*data;
};

static inline int
mpath_compat_disk_report_zones(struct gendisk *disk, sector_t sector,
			       unsigned int nr_zones,
			       struct blk_report_zones_args *args)
{
	return disk->fops->report_zones(disk, sector, nr_zones, args->cb,
					args->data);
}

#define MPATH_COMPAT_REPORT_ZONES(fn)	(fn##_compat)
#define MPATH_COMPAT_DEFINE_REPORT_ZONES(fn)				\
static int fn##_compat(struct gendisk *disk, sector_t sector,		\
		       unsigned int nr_zones, report_zones_cb cb,	\
		       void *data)					\
{									\
	struct blk_report_zones_args args = { .cb = cb, .data = data };	\
									\
	return fn(disk, sector, nr_zones, &args);			\
}
#endif

/* linux/blk-mq.h */
#include <linux/blk-mq.h>

/* Who freezes a queue for another to unfreeze it has no flags to restore. */
#ifndef HAVE_FREEZE_MEMFLAGS
#define blk_mq_unfreeze_queue_nomemrestore	blk_mq_unfreeze_queue
#endif

#ifndef HAVE_PASSTHROUGH_STATS
static inline bool blk_rq_passthrough_stats(struct request *rq,
					    struct request_queue *q)
{
	return false;
}
#endif

/* By another name: nvme-core of an older kernel calls it as it was there. */
static inline int mpath_compat_rq_map_kern(struct request *rq, void *buf,
					   unsigned int len, gfp_t gfp)
{
#ifdef HAVE_MAP_KERN_REQUEST
	return blk_rq_map_kern(rq, buf, len, gfp);
#else
	return blk_rq_map_kern(rq->q, rq, buf, len, gfp);
#endif
}

/* The end of a request: what to put into it. */
#ifdef HAVE_END_IO_BATCH
#define MPATH_COMPAT_END_IO(fn)		(fn)
#define MPATH_COMPAT_DEFINE_END_IO(fn)
#else
#define MPATH_COMPAT_END_IO(fn)		(fn##_compat)
#define MPATH_COMPAT_DEFINE_END_IO(fn)					\
static enum rq_end_io_ret fn##_compat(struct request *rq,		\
				      blk_status_t status)		\
{									\
	return fn(rq, status, NULL);					\
}
#endif

/* Waits until what was submitted to the queue has completed. */
static inline void mpath_compat_drain_queue(struct request_queue *q)
{
#ifdef HAVE_FREEZE_MEMFLAGS
	blk_mq_unfreeze_queue(q, blk_mq_freeze_queue(q));
#else
	blk_mq_freeze_queue(q);
	blk_mq_unfreeze_queue(q);
#endif
}

/* linux/slab.h */
#include <linux/slab.h>

#ifndef kmalloc_obj
#define kmalloc_obj(P, GFP) kmalloc(sizeof(P), GFP)
#endif

#ifndef kzalloc_obj
#define kzalloc_obj(P) kzalloc(sizeof(P), GFP_KERNEL)
#endif

#ifndef kzalloc_flex
#define kzalloc_flex(P, FAM, COUNT) \
	kzalloc(struct_size(&(P), FAM, COUNT), GFP_KERNEL)
#endif

/* linux/timer.h */
#include <linux/timer.h>

#ifndef timer_container_of
#define timer_container_of	from_timer
#endif

/* scsi/scsi_proto.h */
#include <scsi/scsi_proto.h>

#ifndef RESERVE_6
#define RESERVE_6	RESERVE
#define RELEASE_6	RELEASE
#endif

#endif /* _MPATH_COMPAT_H */
