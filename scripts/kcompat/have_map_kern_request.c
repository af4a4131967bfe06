/* v6.16: a buffer is mapped to a request without its queue. */
#include <linux/blk-mq.h>

int have_map_kern_request(struct request *rq, void *buf);
int have_map_kern_request(struct request *rq, void *buf) { return blk_rq_map_kern(rq, buf, 1, GFP_NOIO); }
