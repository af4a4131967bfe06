// SPDX-License-Identifier: GPL-2.0
/* mpathctl adopt, release, flush: which disks are to be paths, and how units end. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* Which unit a disk is a path of, where it can be told to be one or none. */
#define UNIT_FILE	"device/mpath_unit"

static void explain(const char *name, int error)
{
	if (error == -ENOENT)
		complain("%s: only scsi_mpath gives disks back", name);
	else
		complain_of(name, error);
}

/* All of its paths, or none. */
static int release_unit(const struct node *unit)
{
	int error = unit->npaths ? 0 : -ENXIO;
	size_t i;

	for (i = 0; i < unit->npaths && !error; i++)
		error = sysfs_write(unit->paths[i].dir, UNIT_FILE, "release");
	if (!error)
		return EXIT_OK;
	if (error == -EBUSY)
		complain("%s: it is in use: unmount it, and stop what else has it open",
			 unit->name);
	else
		explain(unit->name, error);
	while (i-- > 0)
		sysfs_write(unit->paths[i].dir, UNIT_FILE, "adopt");
	return EXIT_FAILED;
}

int verb_release(int argc, char **argv, struct options *options)
{
	int ret = argc ? EXIT_OK : EXIT_USAGE, i;
	struct node *unit;
	struct san san;

	(void)options;
	if (!argc)
		complain("release: which multipathed disks?");
	find_units(&san);
	for (i = 0; i < argc; i++) {
		unit = find_unit(&san, argv[i]);
		if (!unit || release_unit(unit))
			ret = EXIT_FAILED;
	}
	forget_units(&san);
	return ret;
}

/* The identifier of a disk that is named, or what may be one. */
static char *id_of(const char *word)
{
	const char *name = strncmp(word, "/dev/", 5) ? word : word + 5;
	char *dir = strchr(name, '/') ? NULL : format("block/%s", name);
	char *id = dir ? sysfs_read(dir, "device/wwid") : NULL;

	free(dir);
	return id && *id ? id : format("%s", word);
}

/* Where it makes no units at all it says nothing of single disks. */
static void explain_left_alone(const char *name)
{
	if (sysfs_is("module/scsi_mpath", "parameters/multipath", "off"))
		complain("%s: scsi_mpath makes no units: mpathctl doctor says what to do", name);
	else
		complain("%s: it cannot be a path now: dmesg | grep '%s: .*left alone'", name,
			 name);
}

static int adopt_disk(const char *name, const char *dir)
{
	int error = sysfs_write(dir, UNIT_FILE, "adopt");

	if (error == -EBUSY)
		explain_left_alone(name);
	else if (error)
		explain(name, error);
	return error ? EXIT_FAILED : EXIT_OK;
}

/* Every disk of that identifier. */
static int adopt(const char *word)
{
	char **list = sysfs_list("block"), **name, *id = id_of(word), *dir;
	int ret = EXIT_OK;
	bool any = false;

	for (name = list; *name; name++) {
		dir = format("block/%s", *name);
		if (sysfs_is(dir, "device/wwid", id) && sysfs_has(dir, UNIT_FILE)) {
			any = true;
			if (adopt_disk(*name, dir))
				ret = EXIT_FAILED;
		}
		free(dir);
	}
	if (!any) {
		complain("%s: no SCSI disk, nor the identifier of one; is scsi_mpath loaded?",
			 word);
		ret = EXIT_FAILED;
	}
	free(id);
	free_list(list);
	return ret;
}

int verb_adopt(int argc, char **argv, struct options *options)
{
	int ret = argc ? EXIT_OK : EXIT_USAGE, i;

	(void)options;
	if (!argc)
		complain("adopt: which disks, or whose identifier?");
	for (i = 0; i < argc; i++)
		if (adopt(argv[i]))
			ret = EXIT_FAILED;
	return ret;
}

/* Its time is over now. */
static int flush(const struct node *unit)
{
	int error = sysfs_write(unit->dir, "multipath/delayed_removal_secs", "0");

	if (error)
		explain(unit->name, error);
	return error ? EXIT_FAILED : EXIT_OK;
}

static int flush_named(struct san *san, const char *word)
{
	struct node *unit = find_unit(san, word);

	if (!unit)
		return EXIT_FAILED;
	if (!unit->npaths)
		return flush(unit);
	complain("%s: it has paths: mpathctl release %s", unit->name, unit->name);
	return EXIT_FAILED;
}

/* It was not asked for by name, and somebody may have it mounted. */
static bool is_kept_for_users(const struct node *unit)
{
	return sysfs_is(unit->dir, "multipath/delayed_removal_secs", "in-use");
}

int verb_flush(int argc, char **argv, struct options *options)
{
	int ret = EXIT_OK, i;
	struct san san;
	size_t n;

	(void)options;
	find_units(&san);
	for (i = 0; i < argc; i++)
		if (flush_named(&san, argv[i]))
			ret = EXIT_FAILED;
	for (n = 0; !argc && n < san.nunits; n++)
		if (!san.units[n].npaths && !is_kept_for_users(&san.units[n]) &&
		    flush(&san.units[n]))
			ret = EXIT_FAILED;
	forget_units(&san);
	return ret;
}
