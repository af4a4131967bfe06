// SPDX-License-Identifier: GPL-2.0
/* Module parameters: what a unit starts with. Each unit has files of its own. */
#include <linux/glob.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "scsi_mpath.h"

enum scsi_mpath_mode scsi_mpath_mode = SCSI_MPATH_ON;
unsigned int scsi_mpath_poll_secs = 60;

/*
 * Every optimized path is used, as with dm-multipath's service-time; numa
 * leaves all but one to a machine of one node idle.
 */
enum mpath_iopolicy_e scsi_mpath_iopolicy = MPATH_IOPOLICY_QD;

/*
 * 120 s is how long open-iscsi holds the I/O of a disk with one path; a unit
 * with several shall not give up sooner.
 */
int scsi_mpath_no_path_timeout = 120;

/*
 * Long enough for a controller that has restarted to be back for good, and
 * short enough that nobody has to think of it.
 */
int scsi_mpath_failback = 30;

#define POLL_SECS_MAX	(24 * 60 * 60)

static const char * const mode_names[] = {
	[SCSI_MPATH_OFF] = "off",
	[SCSI_MPATH_ON] = "on",
	[SCSI_MPATH_ALWAYS] = "always",
};

static int set_mode(const char *val, const struct kernel_param *kp)
{
	int mode = sysfs_match_string(mode_names, val);

	if (mode < 0) {
		pr_err("scsi_mpath: multipath=%s: must be on, always or off\n",
		       val);
		return -EINVAL;
	}
	scsi_mpath_mode = mode;
	return 0;
}

static int get_mode(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", mode_names[scsi_mpath_mode]);
}

static const struct kernel_param_ops mode_ops = {
	.set = set_mode,
	.get = get_mode,
};
module_param_cb(multipath, &mode_ops, NULL, 0644);
MODULE_PARM_DESC(multipath,
		 "on (default): disks with ALUA and a unique id; always: the id suffices, and may be the vendor's; off. For disks that appear from now on");

static int set_iopolicy(const char *val, const struct kernel_param *kp)
{
	int ret = mpath_set_iopolicy(val, &scsi_mpath_iopolicy);

	if (ret)
		pr_err("scsi_mpath: iopolicy=%s: must be numa, round-robin or queue-depth\n",
		       val);
	return ret;
}

static int get_iopolicy(char *buf, const struct kernel_param *kp)
{
	return mpath_get_iopolicy(buf, scsi_mpath_iopolicy);
}

static const struct kernel_param_ops iopolicy_ops = {
	.set = set_iopolicy,
	.get = get_iopolicy,
};
module_param_cb(iopolicy, &iopolicy_ops, NULL, 0644);
MODULE_PARM_DESC(iopolicy,
		 "numa, round-robin or queue-depth (default). For units that appear from now on");

static int set_no_path_timeout(const char *val, const struct kernel_param *kp)
{
	int secs;

	if (kstrtoint(val, 10, &secs) || secs < -1 ||
	    secs > MPATH_NO_PATH_TIMEOUT_MAX) {
		pr_err("scsi_mpath: no_path_timeout=%s: must be -1 to %d seconds\n",
		       val, MPATH_NO_PATH_TIMEOUT_MAX);
		return -EINVAL;
	}
	scsi_mpath_no_path_timeout = secs;
	return 0;
}

static const struct kernel_param_ops no_path_timeout_ops = {
	.set = set_no_path_timeout,
	.get = param_get_int,
};
module_param_cb(no_path_timeout, &no_path_timeout_ops,
		&scsi_mpath_no_path_timeout, 0644);
MODULE_PARM_DESC(no_path_timeout,
		 "seconds to hold I/O while no path is usable (120); -1: without end, 0: not at all. For units that appear from now on");

static int set_poll_secs(const char *val, const struct kernel_param *kp)
{
	int ret = param_set_uint_minmax(val, kp, 1, POLL_SECS_MAX);

	if (ret)
		pr_err("scsi_mpath: poll_secs=%s: must be 1 to %d seconds\n",
		       val, POLL_SECS_MAX);
	return ret ? -EINVAL : 0;
}

static const struct kernel_param_ops poll_secs_ops = {
	.set = set_poll_secs,
	.get = param_get_uint,
};
module_param_cb(poll_secs, &poll_secs_ops, &scsi_mpath_poll_secs, 0644);
MODULE_PARM_DESC(poll_secs,
		 "seconds between two looks at the ALUA states when nothing happens, and at disks that were left alone for now (60)");

/**
 * scsi_mpath_parse_failback() - read a failback policy
 * @text: immediate, manual, or a number of seconds
 * @secs: set to 0, %SCSI_MPATH_FAILBACK_MANUAL, or the number
 *
 * Return: 0, or -EINVAL if @text is none of these; then @secs stays.
 */
int scsi_mpath_parse_failback(const char *text, int *secs)
{
	unsigned int number;

	if (sysfs_streq(text, "immediate"))
		*secs = 0;
	else if (sysfs_streq(text, "manual"))
		*secs = SCSI_MPATH_FAILBACK_MANUAL;
	else if (!kstrtouint(text, 10, &number) &&
		 number <= SCSI_MPATH_FAILBACK_MAX)
		*secs = number;
	else
		return -EINVAL;
	return 0;
}

int scsi_mpath_print_failback(char *buf, int secs)
{
	if (secs == SCSI_MPATH_FAILBACK_MANUAL)
		return sysfs_emit(buf, "manual\n");
	if (!secs)
		return sysfs_emit(buf, "immediate\n");
	return sysfs_emit(buf, "%d\n", secs);
}

static int set_failback(const char *val, const struct kernel_param *kp)
{
	int ret = scsi_mpath_parse_failback(val, &scsi_mpath_failback);

	if (ret)
		pr_err("scsi_mpath: failback=%s: must be immediate, manual or 1 to %d seconds\n",
		       val, SCSI_MPATH_FAILBACK_MAX);
	return ret;
}

static int get_failback(char *buf, const struct kernel_param *kp)
{
	return scsi_mpath_print_failback(buf, scsi_mpath_failback);
}

static const struct kernel_param_ops failback_ops = {
	.set = set_failback,
	.get = get_failback,
};
module_param_cb(failback, &failback_ops, NULL, 0644);
MODULE_PARM_DESC(failback,
		 "when to move a unit with explicit ALUA back: immediate, manual or seconds (30). For units that appear from now on");

static char *exclude;
module_param(exclude, charp, 0444);
MODULE_PARM_DESC(exclude,
		 "comma separated patterns (* ? []) of units to leave alone, matched against the id as in vpd_id and against VENDOR:MODEL");

/* An INQUIRY field is padded with spaces and need not end in a NUL. */
static int field_len(const char *field, int max)
{
	int len = strnlen(field, max);

	while (len && field[len - 1] == ' ')
		len--;
	return len;
}

/**
 * scsi_mpath_is_excluded() - has the admin excluded this unit?
 * @id: its designator
 * @sdev: a device that leads to it
 *
 * Context: process context; allocates.
 * Return: true if a pattern of the parameter "exclude" matches.
 */
bool scsi_mpath_is_excluded(const char *id, struct scsi_device *sdev)
{
	char *patterns, *rest, *pattern, product[8 + 1 + 16 + 1];
	bool excluded = false;

	if (!exclude)
		return false;
	/* Some bytes, and the answer is final. */
	patterns = kstrdup(exclude, GFP_KERNEL | __GFP_NOFAIL);
	snprintf(product, sizeof(product), "%.*s:%.*s",
		 field_len(sdev->vendor, 8), sdev->vendor,
		 field_len(sdev->model, 16), sdev->model);

	rest = patterns;
	while (!excluded && (pattern = strsep(&rest, ",")))
		excluded = glob_match(pattern, id) ||
			   glob_match(pattern, product);
	kfree(patterns);
	return excluded;
}
