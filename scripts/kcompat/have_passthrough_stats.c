/* v7.0: whether a passthrough request counts is asked of the request. */
#include <linux/blk-mq.h>

bool have_passthrough_stats(struct request *rq, struct request_queue *q);
bool have_passthrough_stats(struct request *rq, struct request_queue *q) { return blk_rq_passthrough_stats(rq, q); }
