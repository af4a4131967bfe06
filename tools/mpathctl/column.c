// SPDX-License-Identifier: GPL-2.0
/* What can be said of units and paths, and where it is read. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mpathctl.h"

#define SECTOR_SIZE	512

static char *name(const struct node *node)
{
	return format("%s", node->name);
}

static char *id(const struct node *node)
{
	char *value;

	if (node->unit)
		return NULL;
	value = sysfs_read(node->dir, "vpd_id");
	return value ? value : sysfs_read(node->dir, "wwid");
}

static char *size(const struct node *node)
{
	char *value = sysfs_read(node->dir, "size"), *bytes = NULL, *end;
	unsigned long long sectors;

	if (value) {
		sectors = strtoull(value, &end, 10);
		if (end != value)
			bytes = format("%llu", sectors * SECTOR_SIZE);
	}
	free(value);
	return bytes;
}

/* The first path speaks for its unit. */
static char *of_device(const struct node *node, const char *file)
{
	return node->npaths ? sysfs_read(node->paths[0].dir, file) : NULL;
}

static char *unit_vendor(const struct node *node)
{
	return of_device(node, "device/vendor");
}

static char *unit_model(const struct node *node)
{
	return of_device(node, "device/model");
}

static char *npaths(const struct node *node)
{
	return node->unit ? NULL : format("%zu", node->npaths);
}

static char *hctl(const struct node *node)
{
	return node->unit ? path_hctl(node) : NULL;
}

static char *address(const struct node *node)
{
	return node->unit ? path_address(node) : NULL;
}

/* Reads and writes. */
static char *in_flight(const struct node *node)
{
	char *value = sysfs_read(node->dir, "inflight"), *sum = NULL;
	unsigned long reads, writes;

	if (value && sscanf(value, "%lu %lu", &reads, &writes) == 2)
		sum = format("%lu", reads + writes);
	free(value);
	return sum;
}

static char *rounded(double value)
{
	return format("%.0f", value);
}

static char *reads(const struct node *node)
{
	return node->rate ? rounded(node->rate->reads) : NULL;
}

static char *writes(const struct node *node)
{
	return node->rate ? rounded(node->rate->writes) : NULL;
}

static char *read_bytes(const struct node *node)
{
	return node->rate ? rounded(node->rate->read_sectors * SECTOR_SIZE) : NULL;
}

static char *written_bytes(const struct node *node)
{
	return node->rate ? rounded(node->rate->written_sectors * SECTOR_SIZE) : NULL;
}

/* There is none of no I/O. */
static char *latency(const struct node *node)
{
	double n = node->rate ? node->rate->reads + node->rate->writes : 0;

	return n > 0 ? rounded(node->rate->ms * 1000 / n) : NULL;
}

#define PATH_COUNTER(_name, _help, _scsi, _nvme) \
	{ _name, _help, COUNTER, .file = { [SCSI_PATH] = _scsi, [NVME_PATH] = _nvme } }
#define PATH_WORD(_name, _help, _file) \
	{ _name, _help, WORD, .file = { [SCSI_PATH] = _file } }
#define UNIT(_name, _help, _type, _file) \
	{ _name, _help, _type, .file = { [UNIT] = _file } }
#define LIVE(_name, _help, _type, _value) \
	{ _name, _help, _type, .live = true, .value = _value }

const struct column columns[] = {
	{ "NAME", "name of the disk", TEXT, .value = name },
	{ "STATE", "state of the unit; access state of the path's port group", WORD,
	  .file = { "multipath/state", "mpath/access_state", "ana_state" } },
	{ "HEALTH", "what is held against a path; state of an NVMe controller", WORD,
	  .file = { NULL, "mpath/health", "device/state" } },
	PATH_WORD("REASON", "why a path is not good", "mpath/reason"),
	PATH_WORD("ADMIN", "what an admin wants of a path", "mpath/admin_state"),
	{ "HCTL", "host, channel, target and LUN; NVMe controller", TEXT, .value = hctl },
	{ "ADDRESS", "target port: iSCSI portal, FC or SAS address, NVMe address", TEXT,
	  .value = address },
	{ "GROUP", "target port group or ANA group", NUMBER,
	  .file = { NULL, "mpath/tpg", "ana_grpid" } },
	{ "PREF", "1 if the target prefers that group", NUMBER,
	  .file = { [SCSI_PATH] = "mpath/preferred" } },
	{ "INFLIGHT", "I/O under way", NUMBER, .value = in_flight },
	PATH_COUNTER("FAILOVERS", "I/O that left a path for another one",
		     "mpath/failovers", "diag/multipath_failover_count"),
	PATH_COUNTER("ERRORS", "completions that were the path's fault", "mpath/errors",
		     "diag/command_error_count"),
	PATH_COUNTER("ERRORS_TRANSPORT", "of these, transport errors",
		     "mpath/errors_transport", NULL),
	PATH_COUNTER("ERRORS_TIMEOUT", "of these, time-outs", "mpath/errors_timeout", NULL),
	PATH_COUNTER("ERRORS_SENSE", "of these, with sense data", "mpath/errors_sense", NULL),
	PATH_COUNTER("ERRORS_PORT_STATE", "I/O turned away by a port in another state",
		     "mpath/errors_port_state", NULL),
	PATH_COUNTER("PROBES", "how often a path was probed", "mpath/probes", NULL),
	{ "NPATHS", "number of paths", NUMBER, .value = npaths },
	{ "SIZE", "size", BYTES, .value = size },
	UNIT("POLICY", "how a path is chosen", WORD, "multipath/iopolicy"),
	UNIT("NO_PATH_TIMEOUT", "seconds to hold I/O without a path", NUMBER,
	     "multipath/no_path_timeout"),
	UNIT("DELAYED_REMOVAL_SECS", "seconds to stay without a path", NUMBER,
	     "multipath/delayed_removal_secs"),
	UNIT("FAILBACK", "when to go back to the group that was left", WORD, "failback"),
	UNIT("EXPLICIT_ALUA", "1 if port groups may be activated by us", NUMBER,
	     "explicit_alua"),
	UNIT("REQUEUED", "I/O held because no path was usable", COUNTER, "multipath/requeued"),
	UNIT("FAILED", "I/O failed because no path was usable", COUNTER, "multipath/failed"),
	{ "VENDOR", "vendor", TEXT, .value = unit_vendor },
	{ "MODEL", "product", TEXT, .value = unit_model },
	{ "ID", "what identifies the unit", TEXT, .value = id },
	LIVE("READS", "top: reads in a second", NUMBER, reads),
	LIVE("WRITES", "top: writes in a second", NUMBER, writes),
	LIVE("READ", "top: how much is read in a second", BYTES, read_bytes),
	LIVE("WRITTEN", "top: how much is written in a second", BYTES, written_bytes),
	LIVE("LATENCY_US", "top: how long an I/O took on average, in microseconds", NUMBER,
	     latency),
};

const size_t ncolumns = ARRAY_SIZE(columns);

/* Returns NULL where there is nothing to say. */
char *column_value(const struct column *column, const struct node *node)
{
	if (column->value)
		return column->value(node);
	if (!column->file[node->kind])
		return NULL;
	return sysfs_read(node->dir, column->file[node->kind]);
}

/* What a column is called where programs read it. */
char *column_key(const struct column *column)
{
	char *key = format("%s", column->name), *c;

	for (c = key; *c; c++)
		*c = tolower((unsigned char)*c);
	return key;
}

/* What a broken tree has in place of a number is not passed on as one. */
bool is_number(const char *value, long long *number)
{
	char *end;

	errno = 0;
	*number = strtoll(value, &end, 10);
	return !errno && !*end && end != value;
}

const struct column *find_column(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < ncolumns; i++)
		if (strlen(columns[i].name) == len &&
		    !strncasecmp(columns[i].name, word, len))
			return &columns[i];
	return NULL;
}

/* LIST has names with commas between. Complains and returns -1 if it is wrong. */
int choose_columns(const char *list, const struct column **chosen)
{
	size_t n = 0, len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (n == MAX_COLUMNS) {
			complain("more than %d columns", MAX_COLUMNS);
			return -1;
		}
		chosen[n] = find_column(list, len);
		if (!chosen[n++]) {
			complain("no column '%.*s'; --help lists them", (int)len, list);
			return -1;
		}
		if (!list[len])
			break;
	}
	chosen[n] = NULL;
	return 0;
}
