/* v6.14: freezing a queue returns the memory flags of the task, for unfreezing. */
#include <linux/blk-mq.h>

void have_freeze_memflags(struct request_queue *q);
void have_freeze_memflags(struct request_queue *q) { blk_mq_unfreeze_queue(q, blk_mq_freeze_queue(q)); }
