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

#endif /* _MPATH_COMPAT_H */
