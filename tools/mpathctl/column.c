// SPDX-License-Identifier: GPL-2.0
/* What can be said of units and paths, and where it is read. */
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

#define COUNTER(_name, _help, _scsi, _nvme) \
	{ _name, _help, NUMBER, { [SCSI_PATH] = _scsi, [NVME_PATH] = _nvme } }

const struct column columns[] = {
	{ "NAME", "name of the disk", TEXT, .value = name },
	{ "STATE", "state of the unit; access state of the path's port group", TEXT,
	  { "multipath/state", "mpath/access_state", "ana_state" } },
	{ "HEALTH", "what is held against a path; state of an NVMe controller", TEXT,
	  { NULL, "mpath/health", "device/state" } },
	{ "REASON", "why a path is not good", TEXT, { NULL, "mpath/reason", NULL } },
	{ "ADMIN", "what an admin wants of a path", TEXT, { NULL, "mpath/admin_state", NULL } },
	{ "HCTL", "host, channel, target and LUN; NVMe controller", TEXT, .value = hctl },
	{ "ADDRESS", "target port: iSCSI portal, FC or SAS address, NVMe address", TEXT,
	  .value = address },
	{ "GROUP", "target port group or ANA group", NUMBER,
	  { NULL, "mpath/tpg", "ana_grpid" } },
	{ "PREF", "1 if the target prefers that group", NUMBER, { NULL, "mpath/preferred", NULL } },
	{ "INFLIGHT", "I/O under way", NUMBER, .value = in_flight },
	COUNTER("FAILOVERS", "I/O that left a path for another one",
		"mpath/failovers", "diag/multipath_failover_count"),
	COUNTER("ERRORS", "completions that were the path's fault", "mpath/errors",
		"diag/command_error_count"),
	COUNTER("ERRORS_TRANSPORT", "of these, transport errors", "mpath/errors_transport", NULL),
	COUNTER("ERRORS_TIMEOUT", "of these, time-outs", "mpath/errors_timeout", NULL),
	COUNTER("ERRORS_SENSE", "of these, with sense data", "mpath/errors_sense", NULL),
	COUNTER("ERRORS_PORT_STATE", "I/O turned away by a port in another state",
		"mpath/errors_port_state", NULL),
	COUNTER("PROBES", "how often a path was probed", "mpath/probes", NULL),
	{ "NPATHS", "number of paths", NUMBER, .value = npaths },
	{ "SIZE", "size", BYTES, .value = size },
	{ "POLICY", "how a path is chosen", TEXT, { "multipath/iopolicy" } },
	{ "NO_PATH_TIMEOUT", "seconds to hold I/O without a path", NUMBER,
	  { "multipath/no_path_timeout" } },
	{ "DELAYED_REMOVAL_SECS", "seconds to stay without a path", NUMBER,
	  { "multipath/delayed_removal_secs" } },
	{ "FAILBACK", "when to go back to the group that was left", TEXT, { "failback" } },
	{ "EXPLICIT_ALUA", "1 if port groups may be activated by us", NUMBER, { "explicit_alua" } },
	{ "REQUEUED", "I/O held because no path was usable", NUMBER, { "multipath/requeued" } },
	{ "FAILED", "I/O failed because no path was usable", NUMBER, { "multipath/failed" } },
	{ "VENDOR", "vendor", TEXT, .value = unit_vendor },
	{ "MODEL", "product", TEXT, .value = unit_model },
	{ "ID", "what identifies the unit", TEXT, .value = id },
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

static const struct column *find_column(const char *word, size_t len)
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
