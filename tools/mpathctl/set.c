// SPDX-License-Identifier: GPL-2.0
/* mpathctl policy, mpathctl set: what an admin may change of a unit. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* What is accepted is for the kernel to say; this is what to tell whoever was refused. */
static const struct setting {
	const char	*name;
	const char	*file;
	const char	*accepts;
} settings[] = {
	{ "policy", "multipath/iopolicy", "numa, round-robin or queue-depth" },
	{ "no_path_timeout", "multipath/no_path_timeout",
	  "seconds; 0 fails I/O at once, -1 holds it for ever" },
	{ "delayed_removal_secs", "multipath/delayed_removal_secs", "seconds, from 0" },
	{ "failback", "failback", "immediate, manual, or seconds up to 86400" },
	{ "explicit_alua", "explicit_alua", "0 or 1" },
};

/* One NAME=VALUE of the command line, and what was there before. */
struct change {
	const struct setting	*setting;
	const char		*value;
	char			*before;
};

static int find_setting(struct change *change, const char *word)
{
	size_t len = strcspn(word, "="), i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (strlen(settings[i].name) == len && !strncmp(settings[i].name, word, len))
			change->setting = &settings[i];
	if (!word[len]) {
		complain("%s: this is not NAME=VALUE", word);
		return -1;
	}
	if (!change->setting) {
		complain("no setting '%.*s'; mpathctl(8) lists them", (int)len, word);
		return -1;
	}
	change->value = word + len + 1;
	return 0;
}

static void explain(const struct node *unit, const struct change *change, int error)
{
	const struct setting *setting = change->setting;

	if (error == -EINVAL || error == -ERANGE)
		complain("%s: '%s' is no %s: %s", unit->name, change->value, setting->name,
			 setting->accepts);
	else if (error == -EACCES || error == -EPERM)
		complain("%s: %s cannot be set: %s; are you root?", unit->name,
			 setting->name, strerror(-error));
	else
		complain("%s: %s cannot be set: %s", unit->name, setting->name,
			 strerror(-error));
}

/* All of them or none. */
static int apply(const struct node *unit, struct change *changes, size_t n)
{
	size_t i;
	int ret;

	for (i = 0; i < n; i++) {
		changes[i].before = sysfs_read(unit->dir, changes[i].setting->file);
		if (!changes[i].before) {
			explain(unit, &changes[i], -ENOENT);
			return -1;
		}
	}
	for (i = 0; i < n; i++) {
		ret = sysfs_write(unit->dir, changes[i].setting->file, changes[i].value);
		if (!ret)
			continue;
		explain(unit, &changes[i], ret);
		while (i--)
			sysfs_write(unit->dir, changes[i].setting->file, changes[i].before);
		return -1;
	}
	return 0;
}

static int change_unit(const char *word, struct change *changes, size_t n)
{
	struct node *unit;
	struct san san;
	int ret = EXIT_FAILED;
	size_t i;

	find_units(&san);
	unit = find_unit(&san, word);
	if (unit && !apply(unit, changes, n))
		ret = EXIT_OK;
	for (i = 0; i < n; i++)
		free(changes[i].before);
	forget_units(&san);
	return ret;
}

int verb_set(int argc, char **argv, struct options *options)
{
	struct change *changes;
	int ret = EXIT_USAGE, i;

	(void)options;
	if (argc < 2) {
		complain("set: which disk, and NAME=VALUE?");
		return EXIT_USAGE;
	}
	changes = allocate(argc * sizeof(*changes));
	for (i = 1; i < argc; i++)
		if (find_setting(&changes[i - 1], argv[i]))
			goto out;
	ret = change_unit(argv[0], changes, argc - 1);
out:
	free(changes);
	return ret;
}

static int print_policy(const char *word)
{
	struct node *unit;
	struct san san;
	char *policy = NULL;

	find_units(&san);
	unit = find_unit(&san, word);
	if (unit) {
		policy = sysfs_read(unit->dir, settings[0].file);
		if (policy)
			puts(policy);
		else
			complain("%s: its policy cannot be read", unit->name);
	}
	free(policy);
	forget_units(&san);
	return policy ? EXIT_OK : EXIT_FAILED;
}

int verb_policy(int argc, char **argv, struct options *options)
{
	struct change change = { .setting = &settings[0] };

	(void)options;
	if (argc < 1 || argc > 2) {
		complain("policy: which disk, and which policy, if it is to change?");
		return EXIT_USAGE;
	}
	if (argc == 1)
		return print_policy(argv[0]);
	change.value = argv[1];
	return change_unit(argv[0], &change, 1);
}
