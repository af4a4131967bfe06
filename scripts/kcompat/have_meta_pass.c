/* Every kernel: must always compile, else the answers of all probes are worthless. */
#include <linux/module.h>

int have_meta_pass(void);
int have_meta_pass(void) { return 0; }
