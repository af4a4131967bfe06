/* v7.0: the end of a request is told of the batch that it is in. */
#include <linux/blk-mq.h>

void have_end_io_batch(struct request *rq, const struct io_comp_batch *iob);
void have_end_io_batch(struct request *rq, const struct io_comp_batch *iob) { rq->end_io(rq, BLK_STS_OK, iob); }
