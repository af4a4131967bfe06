/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM multipath

#if !defined(_TRACE_MULTIPATH_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TRACE_MULTIPATH_H

#include <linux/multipath.h>
#include <linux/tracepoint.h>

/* Disks are shown as MAJOR,MINOR, as the events of the block layer do. */

TRACE_DEFINE_ENUM(MPATH_HEAD_ONLINE);
TRACE_DEFINE_ENUM(MPATH_HEAD_DEGRADED);
TRACE_DEFINE_ENUM(MPATH_HEAD_NO_USABLE_PATH);
TRACE_DEFINE_ENUM(MPATH_HEAD_FAILED);
TRACE_DEFINE_ENUM(MPATH_HEAD_GONE);

#define show_mpath_state(state)						\
	__print_symbolic(state,						\
			 { MPATH_HEAD_ONLINE, "online" },		\
			 { MPATH_HEAD_DEGRADED, "degraded" },		\
			 { MPATH_HEAD_NO_USABLE_PATH, "no-usable-path" }, \
			 { MPATH_HEAD_FAILED, "failed" },		\
			 { MPATH_HEAD_GONE, "gone" })

/* A bio goes down a path. */
TRACE_EVENT(mpath_path_selected,

	TP_PROTO(struct mpath_head *mhead, struct mpath_device *mdev,
		 struct bio *bio),

	TP_ARGS(mhead, mdev, bio),

	TP_STRUCT__entry(
		__field(dev_t, head)
		__field(dev_t, path)
		__field(sector_t, sector)
		__field(unsigned int, sectors)
		__field(unsigned int, opf)
	),

	TP_fast_assign(
		__entry->head = disk_devt(mhead->disk);
		__entry->path = disk_devt(mdev->disk);
		__entry->sector = bio->bi_iter.bi_sector;
		__entry->sectors = bio_sectors(bio);
		__entry->opf = (__force unsigned int)bio->bi_opf;
	),

	TP_printk("%d,%d -> %d,%d opf=0x%x %llu + %u",
		  MAJOR(__entry->head), MINOR(__entry->head),
		  MAJOR(__entry->path), MINOR(__entry->path),
		  __entry->opf,
		  (unsigned long long)__entry->sector, __entry->sectors)
);

/* No path is usable: a bio is held, or fails. */
TRACE_EVENT(mpath_no_path,

	TP_PROTO(struct mpath_head *mhead, struct bio *bio, bool hold),

	TP_ARGS(mhead, bio, hold),

	TP_STRUCT__entry(
		__field(dev_t, head)
		__field(sector_t, sector)
		__field(unsigned int, opf)
		__field(bool, hold)
		__field(bool, nowait)
	),

	TP_fast_assign(
		__entry->head = disk_devt(mhead->disk);
		__entry->sector = bio->bi_iter.bi_sector;
		__entry->opf = (__force unsigned int)bio->bi_opf;
		__entry->hold = hold;
		__entry->nowait = bio->bi_opf & REQ_NOWAIT;
	),

	TP_printk("%d,%d opf=0x%x %llu %s", MAJOR(__entry->head),
		  MINOR(__entry->head),
		  __entry->opf,
		  (unsigned long long)__entry->sector,
		  !__entry->hold ? "failed" :
		  __entry->nowait ? "told to come back" : "held")
);

/* A path failed a bio, which will be tried again: a failover. */
TRACE_EVENT(mpath_requeue,

	TP_PROTO(struct mpath_head *mhead, struct bio *bio),

	TP_ARGS(mhead, bio),

	TP_STRUCT__entry(
		__field(dev_t, head)
		__field(sector_t, sector)
		__field(unsigned int, sectors)
		__field(unsigned int, opf)
	),

	TP_fast_assign(
		__entry->head = disk_devt(mhead->disk);
		__entry->sector = bio->bi_iter.bi_sector;
		__entry->sectors = bio_sectors(bio);
		__entry->opf = (__force unsigned int)bio->bi_opf;
	),

	TP_printk("%d,%d opf=0x%x %llu + %u", MAJOR(__entry->head),
		  MINOR(__entry->head),
		  __entry->opf,
		  (unsigned long long)__entry->sector, __entry->sectors)
);

/* What the head can do has changed. */
TRACE_EVENT(mpath_state,

	TP_PROTO(struct mpath_head *mhead, enum mpath_head_state from,
		 enum mpath_head_state to),

	TP_ARGS(mhead, from, to),

	TP_STRUCT__entry(
		__field(dev_t, head)
		__field(enum mpath_head_state, from)
		__field(enum mpath_head_state, to)
	),

	TP_fast_assign(
		__entry->head = disk_devt(mhead->disk);
		__entry->from = from;
		__entry->to = to;
	),

	TP_printk("%d,%d %s -> %s", MAJOR(__entry->head),
		  MINOR(__entry->head),
		  show_mpath_state(__entry->from),
		  show_mpath_state(__entry->to))
);

#endif /* _TRACE_MULTIPATH_H */

#include <trace/define_trace.h>
