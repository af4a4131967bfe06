/* v6.13, d7f36dc446e8: block: Support atomic writes limits for stacked devices; BLK_FEAT_ATOMIC_WRITES since v6.14. */
#include <linux/blkdev.h>

blk_features_t have_atomic_write_stacking(void);
blk_features_t have_atomic_write_stacking(void) { return BLK_FEAT_ATOMIC_WRITES; }
