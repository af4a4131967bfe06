// SPDX-License-Identifier: GPL-2.0
/* What becomes of each keyword of dm-multipath's configuration, of version 0.11. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* Seconds between two checks of a path, where "polling_interval" says nothing else. */
#define POLLING_INTERVAL	5

struct verdict verdict(enum fate fate, const char *reason)
{
	return (struct verdict){ fate, reason };
}

/* Takes both over. */
struct verdict becoming(enum form form, char *name, char *value)
{
	return (struct verdict){ BECOMES, NULL, form, name, value };
}

static struct verdict becomes(const char *name, const char *value)
{
	return becoming(SETTING, format("%s", name), format("%s", value));
}

static struct verdict becomes_number(const char *name, long long number)
{
	return becoming(SETTING, format("%s", name), format("%lld", number));
}

static struct verdict needless(const char *reason)
{
	return verdict(NEEDLESS, reason);
}

static struct verdict unsupported(const char *reason)
{
	return verdict(UNSUPPORTED, reason);
}

static bool is_one_of(const char *value, const char * const *words)
{
	for (; *words; words++)
		if (!strcmp(value, *words))
			return true;
	return false;
}

/* The first word of a value like "round-robin 0" or "1 alua". */
static bool begins_with(const char *value, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(value, word, len) && (!value[len] || value[len] == ' ');
}

static struct verdict selector(const struct conf *line)
{
	if (begins_with(line->value, "round-robin"))
		return becomes("policy", "round-robin");
	if (begins_with(line->value, "queue-length") || begins_with(line->value, "service-time") ||
	    begins_with(line->value, "historical-service-time"))
		return becomes("policy", "queue-depth");
	return unsupported("policies are numa, round-robin and queue-depth");
}

static struct verdict grouping(const struct conf *line)
{
	if (!strcmp(line->value, "failover"))
		return becomes("policy", "numa");
	return needless("paths are grouped by the state the target reports for their port group");
}

static struct verdict prioritizer(const struct conf *line)
{
	static const char * const known[] = { "alua", "sysfs", "ana", "const", "none", NULL };

	if (is_one_of(line->value, known))
		return needless("priorities are what the target reports: ALUA or ANA");
	return unsupported("only ALUA or ANA decide; see if the array can be set to ALUA");
}

#define OF_OTHER_ARRAYS	"it is for arrays without ALUA; see if this one can be set to ALUA"

static struct verdict checker(const struct conf *line)
{
	static const char * const general[] = { "tur", "directio", "readsector0", "none", NULL };

	if (is_one_of(line->value, general))
		return needless("no path is polled: only one that has failed is probed, by TUR");
	return unsupported(OF_OTHER_ARRAYS);
}

static struct verdict hardware_handler(const struct conf *line)
{
	if (begins_with(line->value, "0") || begins_with(line->value, "1 alua"))
		return needless("ALUA is what scsi_mpath speaks");
	return unsupported(OF_OTHER_ARRAYS);
}

/* Retries are counted in checks. */
static struct verdict no_path_retry(const struct conf *line, const struct conf *defaults)
{
	const char *interval = conf_value(defaults, "polling_interval");
	long long retries, secs;

	if (!strcmp(line->value, "queue"))
		return becomes("no_path_timeout", "-1");
	if (!strcmp(line->value, "fail") || !strcmp(line->value, "0"))
		return becomes("no_path_timeout", "0");
	if (!interval || !is_number(interval, &secs) || secs < 1 || secs > 86400)
		secs = POLLING_INTERVAL;
	if (!is_number(line->value, &retries) || retries < 1 || retries > 86400)
		return unsupported("it is no number, nor 'queue' nor 'fail'");
	return becomes_number("no_path_timeout", retries * secs);
}

static struct verdict features(const struct conf *line)
{
	if (strstr(line->value, "queue_if_no_path"))
		return becomes("no_path_timeout", "-1");
	return needless("device-mapper has no part in it");
}

static struct verdict fail_back(const struct conf *line)
{
	long long secs;

	if (!strcmp(line->value, "immediate") || !strcmp(line->value, "manual"))
		return becomes("failback", line->value);
	if (!strcmp(line->value, "followover"))
		return becomes("failback", "manual");
	if (is_number(line->value, &secs) && secs >= 0 && secs <= 86400)
		return becomes_number("failback", secs);
	return unsupported("it is immediate, manual, or seconds up to 86400");
}

static struct verdict find_multipaths(const struct conf *line)
{
	static const char * const all[] = { "no", "off", "0", "greedy", NULL };

	if (is_one_of(line->value, all))
		return becoming(PARAMETER, format("multipath"), format("always"));
	return needless("every disk with ALUA becomes a path; all others: multipath=always");
}

static struct verdict alias(const struct conf *line)
{
	const char *c;

	for (c = line->value; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			return unsupported("a link can have letters, digits, '.', '_' and '-'");
	return becoming(LINK, format("SYMLINK+"), format("mapper/%s", line->value));
}

#define OF_DAEMON	"there is no daemon"
#define OF_FLAPPING	"a path that fails again and again comes back later each time"
#define OF_IDENTITY	"a unit is known by its VPD page 0x83, which the kernel reads"
#define OF_REMOVAL	"a disk goes with its last path if it is not in use, or delayed_removal_secs later"
#define OF_SECTION	"the section is about these units"
#define OF_TURNS	"round-robin takes the next path for each I/O"
#define OF_RESERVATION	"a key is registered through the disk, on all paths, and follows them"

/*
 * A keyword has one of these: somebody to judge its value, a reason, or a file of
 * sysfs that is not ours, and of which device.
 */
static const struct keyword {
	const char	*word;
	struct verdict	(*judge)(const struct conf *line);
	const char	*needless;
	const char	*unsupported;
	const char	*subsystem;
	const char	*attribute;
} keywords[] = {
	{ "alias", alias },
	{ "alias_prefix", .unsupported = "disks are mpatha, mpathb and so on; give them an alias" },
	{ "all_tg_pt", .needless = OF_RESERVATION },
	{ "allow_usb_devices", .unsupported = "multipath=always takes them in, and all others" },
	{ "auto_resize", .needless = "the size follows the paths" },
	{ "bindings_file", .needless = OF_DAEMON },
	{ "checker_timeout", .needless = "a probe has the time-out of the disk, device/timeout" },
	{ "config_dir", .needless = OF_DAEMON },
	{ "deferred_remove", .needless = OF_REMOVAL },
	{ "delay_wait_checks", .needless = OF_FLAPPING },
	{ "delay_watch_checks", .needless = OF_FLAPPING },
	{ "detect_checker", .needless = "there is one way to probe" },
	{ "detect_pgpolicy", .needless = "paths are always grouped by state" },
	{ "detect_pgpolicy_use_tpg", .needless = "paths are always grouped by state" },
	{ "detect_prio", .needless = "priorities are what the target reports" },
	{ "dev_loss_tmo", .subsystem = "fc_remote_ports", .attribute = "dev_loss_tmo" },
	{ "disable_changed_wwids", .needless = "a path whose unit has changed gets no I/O" },
	{ "eh_deadline", .subsystem = "scsi_host", .attribute = "eh_deadline" },
	{ "enable_foreign", .needless = "mpathctl shows NVMe, too" },
	{ "failback", fail_back },
	{ "fast_io_fail_tmo", .subsystem = "fc_remote_ports", .attribute = "fast_io_fail_tmo" },
	{ "features", features },
	{ "find_multipaths", find_multipaths },
	{ "find_multipaths_timeout", .needless = "nothing waits for a second path" },
	{ "flush_on_last_del", .needless = OF_REMOVAL },
	{ "force_sync", .needless = OF_DAEMON },
	{ "getuid_callout", .needless = OF_IDENTITY },
	{ "ghost_delay", .needless = "with standby paths only, a group is activated by STPG" },
	{ "hardware_handler", hardware_handler },
	{ "log_checker_err", .needless = "each change is in the kernel's log once" },
	{ "marginal_path_double_failed_time", .needless = OF_FLAPPING },
	{ "marginal_path_err_rate_threshold", .needless = OF_FLAPPING },
	{ "marginal_path_err_recheck_gap_time", .needless = OF_FLAPPING },
	{ "marginal_path_err_sample_time", .needless = OF_FLAPPING },
	{ "marginal_pathgroups", .needless = OF_FLAPPING },
	{ "max_fds", .needless = OF_DAEMON },
	{ "max_polling_interval", .needless = OF_DAEMON },
	{ "max_retries", .subsystem = "scsi_disk", .attribute = "max_retries" },
	{ "max_sectors_kb", .subsystem = "block", .attribute = "queue/max_sectors_kb" },
	{ "missing_uev_wait_timeout", .needless = OF_DAEMON },
	{ "multipath_dir", .needless = OF_DAEMON },
	{ "partition_delimiter", .unsupported = "partitions are mpatha1, mpatha2 and so on" },
	{ "path_checker", checker },
	{ "path_grouping_policy", grouping },
	{ "path_selector", selector },
	{ "pg_timeout", .needless = "dm-multipath ignores it, too" },
	{ "polling_interval", .needless = "no path is polled; it counts for no_path_retry only" },
	{ "prio", prioritizer },
	{ "prio_args", .needless = "priorities are what the target reports" },
	{ "prkeys_file", .needless = OF_RESERVATION },
	{ "product", .needless = OF_SECTION },
	{ "product_blacklist", .unsupported = "name what to leave alone in scsi_mpath.exclude" },
	{ "queue_without_daemon", .needless = OF_DAEMON },
	{ "reassign_maps", .needless = "device-mapper has no part in it" },
	{ "recheck_wwid", .needless = "a path that returns is asked which unit it leads to" },
	{ "remove_retries", .needless = OF_REMOVAL },
	{ "reservation_key", .needless = OF_RESERVATION },
	{ "retain_attached_hw_handler", .needless = "a handler that is attached stays" },
	{ "retrigger_delay", .needless = OF_IDENTITY },
	{ "retrigger_tries", .needless = OF_IDENTITY },
	{ "revision", .unsupported = "a product is known by vendor and model" },
	{ "rr_min_io", .needless = OF_TURNS },
	{ "rr_min_io_rq", .needless = OF_TURNS },
	{ "rr_weight", .needless = OF_TURNS },
	{ "san_path_err_forget_rate", .needless = OF_FLAPPING },
	{ "san_path_err_recovery_time", .needless = OF_FLAPPING },
	{ "san_path_err_threshold", .needless = OF_FLAPPING },
	{ "skip_kpartx", .unsupported = "the kernel reads the partitions of every unit" },
	{ "strict_timing", .needless = OF_DAEMON },
	{ "udev_dir", .needless = OF_DAEMON },
	{ "uid_attribute", .needless = OF_IDENTITY },
	{ "uid_attrs", .needless = OF_IDENTITY },
	{ "user_friendly_names", .needless = "disks are mpatha, mpathb and so on" },
	{ "uxsock_timeout", .needless = OF_DAEMON },
	{ "vendor", .needless = OF_SECTION },
	{ "verbosity", .needless = OF_DAEMON },
	{ "vpd_vendor", .needless = "it is for display only" },
	{ "wwid", .needless = OF_SECTION },
	{ "wwids_file", .needless = OF_DAEMON },
};

/* What 58-mpath.rules know a path by. */
#define IS_PATH	"ENV{DM_MULTIPATH_DEVICE_PATH}==\"1\", "

static const struct keyword *find_keyword(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keywords); i++)
		if (!strcmp(keywords[i].word, word))
			return &keywords[i];
	return NULL;
}

static struct verdict udev_rule(const struct keyword *keyword, const char *value)
{
	const char *c;

	for (c = value; *c; c++)
		if (!isalnum((unsigned char)*c))
			return unsupported("it is neither a word nor a number");
	return becoming(RULE, format("SUBSYSTEM==\"%s\", %sATTR{%s}", keyword->subsystem,
				     strcmp(keyword->subsystem, "block") ? "" : IS_PATH,
				     keyword->attribute), format("%s", value));
}

static bool is_failover(const struct conf *section)
{
	const char *value = conf_value(section, "path_grouping_policy");

	return value && !strcmp(value, "failover");
}

/**
 * judge_setting() - what becomes of a line that is not about exclusion
 * @line: of defaults, overrides, a device or a multipath
 * @section: where it stands
 * @defaults: the section of that name
 *
 * Return: the verdict; its name and value are the caller's to free.
 */
struct verdict judge_setting(const struct conf *line, const struct conf *section,
			     const struct conf *defaults)
{
	const struct keyword *keyword = find_keyword(line->word);

	if (!strcmp(line->word, "no_path_retry"))
		return no_path_retry(line, defaults);
	if (!keyword)
		return verdict(UNKNOWN, "dm-multipath has no such keyword");
	if (keyword->judge == features && conf_value(section, "no_path_retry"))
		return needless("no_path_retry goes before it");
	if (keyword->judge == selector && is_failover(section))
		return needless("one path is used at a time, says path_grouping_policy");
	if (keyword->judge)
		return keyword->judge(line);
	if (keyword->subsystem)
		return udev_rule(keyword, line->value);
	return keyword->needless ? needless(keyword->needless) :
				   unsupported(keyword->unsupported);
}
