// SPDX-License-Identifier: GPL-2.0
/*
 * The path selection policies, by name. Each lives in a file of its own and
 * is called under SRCU with nothing locked; it returns a usable path of the
 * best access state there is, or NULL.
 */
#include <linux/export.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "internal.h"

static const char * const mpath_policy_names[] = {
	[MPATH_IOPOLICY_NUMA] = "numa",
	[MPATH_IOPOLICY_RR] = "round-robin",
	[MPATH_IOPOLICY_QD] = "queue-depth",
};

/**
 * mpath_set_iopolicy() - parse the name of a policy
 * @val: "numa", "round-robin" or "queue-depth"; a trailing newline is allowed
 * @iopolicy: where the policy is stored; unchanged on error
 *
 * The whole name must match: a prefix is not taken for the policy.
 *
 * Context: any.
 * Return: 0, or -EINVAL if there is no such policy.
 */
int mpath_set_iopolicy(const char *val, enum mpath_iopolicy_e *iopolicy)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(mpath_policy_names); i++) {
		if (sysfs_streq(val, mpath_policy_names[i])) {
			WRITE_ONCE(*iopolicy, i);
			return 0;
		}
	}
	return -EINVAL;
}
EXPORT_SYMBOL_GPL(mpath_set_iopolicy);

/**
 * mpath_get_iopolicy() - print a policy as a module parameter's value
 * @buf: a page
 * @iopolicy: the policy
 *
 * Context: any.
 * Return: the number of characters written.
 */
int mpath_get_iopolicy(char *buf, enum mpath_iopolicy_e iopolicy)
{
	return sysfs_emit(buf, "%s\n", mpath_policy_names[iopolicy]);
}
EXPORT_SYMBOL_GPL(mpath_get_iopolicy);
