/* v6.17: queue limits say how many write zeroes unmap, and what of it an admin wants. */
#include <linux/blkdev.h>

unsigned int have_wzeroes_unmap(const struct queue_limits *lim);
unsigned int have_wzeroes_unmap(const struct queue_limits *lim) { return lim->max_user_wzeroes_unmap_sectors; }
