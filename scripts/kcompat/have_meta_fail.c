/* No kernel: must never compile, else the answers of all probes are worthless. */
#include <linux/module.h>

int have_meta_fail(struct mpath_no_such_struct *p);
int have_meta_fail(struct mpath_no_such_struct *p) { return p->no_such_member; }
