// SPDX-License-Identifier: GPL-2.0
/* What can be wrong or fragile, how to see it, and what to do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* With these, a target that is silent is noticed in time; open-iscsi has 5 and 5. */
#define MAX_NOP_SECS	30

/* Returns -1 if there is no such number. */
static long long number(const char *dir, const char *file)
{
	char *value = sysfs_read(dir, file);
	long long n;

	if (!value || !is_number(value, &n))
		n = -1;
	free(value);
	return n;
}

/* Machine */

static char *adoption_off(const struct subject *subject)
{
	(void)subject;
	return sysfs_is("module/scsi_mpath", "parameters/multipath", "off") ?
		format("scsi_mpath makes no new units: its parameter multipath is off") : NULL;
}

static char *nvme_off(const struct subject *subject)
{
	(void)subject;
	return sysfs_is("module/nvme_core", "parameters/multipath", "N") ?
		format("NVMe namespaces are not multipathed: nvme_core.multipath is N") : NULL;
}

static char *not_loaded(const struct subject *subject)
{
	(void)subject;
	return sysfs_has("module", "sd_mod") && !sysfs_has("module", "scsi_mpath") ?
		format("SCSI disks are not multipathed: scsi_mpath is not loaded") : NULL;
}

static char *unsigned_module(const struct subject *subject)
{
	static const char * const modules[] = { "libmultipath", "scsi_dh_mpath", "scsi_mpath" };
	char *dir, *taint, *text = NULL;
	size_t i;

	(void)subject;
	for (i = 0; i < ARRAY_SIZE(modules) && !text; i++) {
		dir = format("module/%s", modules[i]);
		taint = sysfs_read(dir, "taint");
		if (taint && strchr(taint, 'E'))
			text = format("the module %s is not signed, as Secure Boot wants",
				      modules[i]);
		free(taint);
		free(dir);
	}
	return text;
}

/* Does a line that is no comment say so? False where there is no such file. */
static bool file_says(const char *file, const char *name, const char *value)
{
	char *path = below_root(file), *line = NULL;
	FILE *stream = fopen(path, "re");
	bool says = false;
	size_t size = 0;

	while (stream && getline(&line, &size, stream) >= 0) {
		line[strcspn(line, "#")] = 0;
		if (strstr(line, name) && strstr(line, value))
			says = true;
	}
	if (stream)
		fclose(stream);
	free(line);
	free(path);
	return says;
}

static bool has_scsi_units(const struct san *san)
{
	size_t i;

	for (i = 0; i < san->nunits; i++)
		if (sysfs_has(san->units[i].dir, "vpd_id"))
			return true;
	return false;
}

/* It knows dm-multipath's paths by itself, and all others from udev if it asks. */
static char *lvm_sees_paths(const struct subject *subject)
{
	static const char * const files[] = { "etc/lvm/lvmlocal.conf", "etc/lvm/lvm.conf" };
	bool installed = false;
	size_t i;

	if (!has_scsi_units(subject->san))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (file_says(files[i], "external_device_info_source", "\"udev\""))
			return NULL;
		installed |= file_says(files[i], "", "");
	}
	return installed ? format("LVM looks for physical volumes on paths, too") : NULL;
}

/* Disks that are no paths */

static char *disk_id(const char *disk)
{
	char *dir = format("block/%s", disk);
	char *id = sysfs_read(dir, "device/wwid");

	free(dir);
	return id;
}

/* The unit of that identifier, or NULL. */
static const char *unit_of(const struct san *san, const char *id)
{
	size_t i;

	for (i = 0; i < san->nunits; i++)
		if (sysfs_is(san->units[i].dir, "vpd_id", id))
			return san->units[i].name;
	return NULL;
}

/* Another disk that has that identifier, or NULL. */
static char *twin_of(const char *disk, const char *id)
{
	char **list = sysfs_list("block"), **name, *other, *twin = NULL;

	for (name = list; *name && !twin; name++) {
		if (!strcmp(*name, disk))
			continue;
		other = disk_id(*name);
		if (other && !strcmp(other, id))
			twin = format("%s", *name);
		free(other);
	}
	free_list(list);
	return twin;
}

/* Does dm-multipath have the disk? */
static bool in_dm_multipath(const char *disk)
{
	char *dir = format("block/%s/holders", disk), **list = sysfs_list(dir), **name;
	char *holder, *uuid;
	bool has = false;

	for (name = list; *name; name++) {
		holder = format("block/%s", *name);
		uuid = sysfs_read(holder, "dm/uuid");
		if (uuid && !strncmp(uuid, "mpath-", 6))
			has = true;
		free(uuid);
		free(holder);
	}
	free_list(list);
	free(dir);
	return has;
}

static char *dm_multipath(const struct subject *subject)
{
	return in_dm_multipath(subject->disk) ?
		format("dm-multipath has it: its paths are not ours") : NULL;
}

/* In the kernel's words, or NULL. */
static char *reason_of(const char *disk)
{
	char *dir = format("block/%s", disk);
	char *reason = sysfs_read(dir, "device/mpath_left_alone");

	free(dir);
	return reason;
}

/* Mounted, in dm, in md: what is above it does not go through the unit. */
static bool in_use(const char *disk)
{
	char *reason = reason_of(disk);
	bool is = reason && !strcmp(reason, "in use");

	free(reason);
	return is;
}

static char *no_path_of(const char *unit, const char *disk)
{
	return in_use(disk) ?
		format("it is in use, and leads to %s as well: what writes to both destroys data",
		       unit) :
		format("it leads to the unit %s and is no path of it", unit);
}

static char *no_path_beside(const char *twin, const char *disk)
{
	return in_use(disk) ?
		format("it is in use, so no unit is made of it and %s", twin) :
		format("it and %s lead to one unit, and neither is a path", twin);
}

/* What is wrong with a disk that is no path, though it and others lead to one unit. */
static char *left_alone_text(const struct subject *subject)
{
	char *id = disk_id(subject->disk), *twin = NULL, *text = NULL;
	const char *unit;

	if (!id || !*id || in_dm_multipath(subject->disk))
		goto out;
	unit = unit_of(subject->san, id);
	if (!unit)
		twin = twin_of(subject->disk, id);
	if (unit)
		text = no_path_of(unit, subject->disk);
	else if (twin)
		text = no_path_beside(twin, subject->disk);
out:
	free(twin);
	free(id);
	return text;
}

static char *left_alone(const struct subject *subject)
{
	return in_use(subject->disk) ? NULL : left_alone_text(subject);
}

static char *second_door(const struct subject *subject)
{
	return in_use(subject->disk) ? left_alone_text(subject) : NULL;
}

/* Units */

static char *no_usable_path(const struct subject *subject)
{
	const char *dir = subject->node->dir;

	if (sysfs_is(dir, "multipath/state", "no-usable-path"))
		return format("no path is usable, I/O is held");
	if (sysfs_is(dir, "multipath/state", "failed"))
		return format("no path is usable, I/O fails");
	return NULL;
}

static char *unit_gone(const struct subject *subject)
{
	return sysfs_is(subject->node->dir, "multipath/state", "gone") ?
		format("the target says on every path that there is no such unit, I/O fails") :
		NULL;
}

static char *few_paths(const struct subject *subject)
{
	const struct node *unit = subject->node;

	if (!unit->npaths)
		return format("it has no path");
	return unit->npaths == 1 ? format("it has one path only, %s", unit->paths[0].name) : NULL;
}

/* What VALUE says of every path of the unit, if that is the same of all; or NULL. */
static char *common(const struct node *unit, char *(*value)(const struct node *path))
{
	char *all = unit->npaths > 1 ? value(&unit->paths[0]) : NULL, *other;
	size_t i;

	for (i = 1; i < unit->npaths && all; i++) {
		other = value(&unit->paths[i]);
		if (!other || strcmp(all, other)) {
			free(all);
			all = NULL;
		}
		free(other);
	}
	return all;
}

static char *one_target_port(const struct subject *subject)
{
	char *address = common(subject->node, path_address), *text = NULL;

	if (address)
		text = format("all its paths lead to one target port, %s", address);
	free(address);
	return text;
}

static char *one_adapter(const struct subject *subject)
{
	char *adapter = common(subject->node, path_adapter), *text = NULL;

	if (adapter)
		text = format("all its paths begin at %s", adapter);
	free(adapter);
	return text;
}

static char *fails_at_once(const struct subject *subject)
{
	return sysfs_is(subject->node->dir, "multipath/no_path_timeout", "0") ?
		format("I/O fails as soon as no path is usable: its no_path_timeout is 0") : NULL;
}

static bool is_in_state(const struct node *path, const char *scsi, const char *nvme)
{
	if (path->kind == SCSI_PATH)
		return sysfs_is(path->dir, "mpath/access_state", scsi);
	return sysfs_is(path->dir, "ana_state", nvme);
}

static char *not_optimized(const struct subject *subject)
{
	const struct node *unit = subject->node;
	bool any = false;
	size_t i;

	for (i = 0; i < unit->npaths; i++) {
		if (is_in_state(&unit->paths[i], "active/optimized", "optimized"))
			return NULL;
		if (is_in_state(&unit->paths[i], "active/non-optimized", "non-optimized"))
			any = true;
	}
	return any ? format("no path is optimized, I/O takes the long way") : NULL;
}

/* Paths */

static char *not_good(const struct subject *subject)
{
	const struct node *path = subject->node;
	bool scsi = path->kind == SCSI_PATH;
	char *health = sysfs_read(path->dir, scsi ? "mpath/health" : "device/state");
	char *reason = NULL, *text = NULL;

	if (health && strcmp(health, scsi ? "good" : "live") &&
	    !sysfs_is(path->dir, "mpath/reason", "the SCSI device was set offline")) {
		reason = sysfs_read(path->dir, "mpath/reason");
		text = reason ? format("it is %s: %s", health, reason) :
				format("it is %s", health);
	}
	free(reason);
	free(health);
	return text;
}

/* Nobody takes it back from there but who has put it there. */
static char *set_offline(const struct subject *subject)
{
	return sysfs_is(subject->node->dir, "mpath/reason", "the SCSI device was set offline") ?
		format("its SCSI device was set offline") : NULL;
}

static char *not_in_service(const struct subject *subject)
{
	char *state = sysfs_read(subject->node->dir, "mpath/admin_state"), *text = NULL;

	if (state && strcmp(state, "in-service"))
		text = format("an admin has made it %s", state);
	free(state);
	return text;
}

static char *has_errors(const struct subject *subject)
{
	long long errors = number(subject->node->dir, "mpath/errors");

	return errors > 0 ? format("it has had %lld errors", errors) : NULL;
}

static char *other_size(const struct subject *subject)
{
	const struct node *path = subject->node;
	long long size = number(path->dir, "size"), whole = number(path->unit->dir, "size");

	/* A larger path serves the unit, which grows when all others have been asked. */
	if (size < 0 || whole < 0 || size >= whole)
		return NULL;
	if (!size)
		return format("its size is not known");
	return format("it has %lld sectors, and %s has %lld", size, path->unit->name, whole);
}

/* A flush that the path's own queue takes for needless never reaches the target. */
static char *other_cache(const struct subject *subject)
{
	char *reason = sysfs_read(subject->node->dir, "mpath/reason"), *text = NULL;

	if (reason && strstr(reason, "write cache"))
		text = format("it is not used: other paths say something else of a write cache");
	free(reason);
	return text;
}

static char *read_only(const struct subject *subject)
{
	const struct node *path = subject->node;

	return number(path->dir, "ro") == 1 && !number(path->unit->dir, "ro") ?
		format("it is read-only, and %s is not", path->unit->name) : NULL;
}

static char *other_handler(const struct subject *subject)
{
	const char *dir = subject->node->dir;
	char *reason = sysfs_read(dir, "mpath/reason"), *text = NULL;

	if (sysfs_is(dir, "device/dh_state", "alua"))
		text = format("scsi_dh_alua is attached: a new state, or unit, is seen late");
	else if (reason && !strncmp(reason, "unwatched", strlen("unwatched")))
		text = format("another handler is attached: a new state, or unit, is seen late");
	free(reason);
	return text;
}

/* A target that says nothing at all is found by NOPs, and only by them. */
static char *no_nop(const struct subject *subject)
{
	char *dir = connection_dir(subject->node), *text = NULL;
	long long interval, timeout;

	if (!dir)
		return NULL;
	interval = number(dir, "recv_tmo");
	timeout = number(dir, "ping_tmo");
	if (!interval || !timeout)
		text = format("it sends no NOPs: a silent portal costs a command timeout");
	else if (interval + timeout > MAX_NOP_SECS)
		text = format("a silent portal is noticed after %lld s only", interval + timeout);
	free(dir);
	return text;
}

static char *slow_fc(const struct subject *subject)
{
	char *dir = remote_port_dir(subject->node), *text = NULL;

	if (dir && sysfs_is(dir, "fast_io_fail_tmo", "off"))
		text = format("I/O stays with a lost port: its fast_io_fail_tmo is off");
	free(dir);
	return text;
}

#define CHECK(_name, _of, _problem, _find, _advice) \
	{ .name = _name, .of = _of, .problem = _problem, .find = _find, .advice = _advice }

const struct check checks[] = {
	CHECK("adoption-off", OF_MACHINE, false, adoption_off,
	      "write on to /sys/module/scsi_mpath/parameters/multipath, then rescan"),
	CHECK("nvme-multipath-off", OF_MACHINE, false, nvme_off,
	      "take nvme_core.multipath=N from the kernel's command line and modprobe.d"),
	CHECK("module-not-loaded", OF_MACHINE, true, not_loaded,
	      "modprobe scsi_mpath; if its key is refused: mokutil --import /var/lib/dkms/mok.pub"),
	CHECK("module-not-signed", OF_MACHINE, false, unsigned_module,
	      "sign it with a key that the machine knows, as DKMS does"),
	CHECK("lvm-sees-paths", OF_MACHINE, false, lvm_sees_paths,
	      "lvmlocal.conf: devices { external_device_info_source = \"udev\" }"),
	CHECK("dm-multipath", OF_DISK, true, dm_multipath,
	      "stop multipathd, then flush the map: multipath -f"),
	CHECK("disk-in-use", OF_DISK, true, second_door,
	      "unmount %, and stop what else has it open: it is a path then within a minute"),
	CHECK("left-alone", OF_DISK, true, left_alone,
	      "the kernel's log says why: dmesg | grep 'left alone'"),
	CHECK("no-usable-path", OF_UNIT, true, no_usable_path,
	      "look at its paths below, then at cables, switches and the target"),
	CHECK("unit-gone", OF_UNIT, true, unit_gone,
	      "map its LUN to this host again, or unmount it and take its disks away"),
	CHECK("few-paths", OF_UNIT, false, few_paths,
	      "log in to another portal, or zone another port"),
	CHECK("one-target-port", OF_UNIT, false, one_target_port,
	      "add a path to another port of the target"),
	CHECK("one-adapter", OF_UNIT, false, one_adapter,
	      "add a path from another adapter"),
	CHECK("fails-at-once", OF_UNIT, false, fails_at_once,
	      "give it time: mpathctl set % no_path_timeout=120"),
	CHECK("not-optimized", OF_UNIT, false, not_optimized,
	      "look for what is wrong with the optimized port group of the target"),
	CHECK("path-not-good", OF_PATH, true, not_good,
	      "look at its cable, port and target; it comes back by itself when it works"),
	CHECK("path-set-offline", OF_PATH, true, set_offline,
	      "when it works: echo running > /sys/block/%/device/state"),
	CHECK("path-not-in-service", OF_PATH, false, not_in_service,
	      "when the work on it is done: mpathctl path in-service %"),
	CHECK("path-errors", OF_PATH, false, has_errors,
	      "if they are known and over: mpathctl reset %"),
	CHECK("other-size", OF_PATH, true, other_size,
	      "it is rescanned when its port takes I/O; now: echo 1 >/sys/block/%/device/rescan"),
	CHECK("other-cache", OF_PATH, true, other_cache,
	      "undo a setting of its queue/write_cache, or one of a single port of the target"),
	CHECK("read-only", OF_PATH, false, read_only,
	      "look at what the target exports through this port"),
	CHECK("scsi-dh-alua", OF_PATH, false, other_handler,
	      "load scsi_mpath before the disks appear, from the initramfs"),
	CHECK("no-nop", OF_PATH, false, no_nop,
	      "iscsid.conf: node.conn[0].timeo.noop_out_interval = 5, noop_out_timeout = 5"),
	CHECK("no-fast-io-fail", OF_PATH, false, slow_fc,
	      "write 5 to its fast_io_fail_tmo in /sys/class/fc_remote_ports"),
};

const size_t nchecks = ARRAY_SIZE(checks);
