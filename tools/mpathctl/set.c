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
	{ "delayed_removal_secs", "multipath/delayed_removal_secs",
	  "seconds, from 0, or in-use: as long as it is open" },
	{ "failback", "failback", "immediate, manual, or seconds up to 86400" },
	{ "explicit_alua", "explicit_alua", "0 or 1" },
};

/* The file of a unit, or NULL: there is no such setting. */
const char *setting_file(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (!strcmp(settings[i].name, name))
			return settings[i].file;
	return NULL;
}

/* One NAME=VALUE of the command line. */
struct order {
	const struct setting	*setting;
	const char		*value;
};

/* What it makes of a file of one unit, and what was there before. */
struct change {
	const struct node	*unit;
	const struct order	*order;
	char			*before;
};

static int find_setting(struct order *order, const char *word)
{
	size_t len = strcspn(word, "="), i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (strlen(settings[i].name) == len && !strncmp(settings[i].name, word, len))
			order->setting = &settings[i];
	if (!word[len]) {
		complain("%s: this is not NAME=VALUE", word);
		return -1;
	}
	if (!order->setting) {
		complain("no setting '%.*s'; mpathctl(8) lists them", (int)len, word);
		return -1;
	}
	order->value = word + len + 1;
	return 0;
}

static void explain(const struct change *change, int error)
{
	const struct setting *setting = change->order->setting;
	const char *name = change->unit->name;
	char *what;

	if (error == -EINVAL || error == -ERANGE) {
		complain("%s: '%s' is no %s: %s", name, change->order->value,
			 setting->name, setting->accepts);
		return;
	}
	what = format("%s: %s cannot be set", name, setting->name);
	complain_of(what, error);
	free(what);
}

static int write_value(const struct change *change, const char *value)
{
	return sysfs_write(change->unit->dir, change->order->setting->file, value);
}

static void undo(const struct change *changes, size_t n)
{
	while (n--)
		write_value(&changes[n], changes[n].before);
}

/* All of them or none. */
static int apply(struct change *changes, size_t n)
{
	struct change *change;
	int ret;

	for (change = changes; change < changes + n; change++) {
		change->before = sysfs_read(change->unit->dir, change->order->setting->file);
		if (!change->before) {
			explain(change, -ENOENT);
			return -1;
		}
	}
	for (change = changes; change < changes + n; change++) {
		ret = write_value(change, change->order->value);
		if (ret) {
			explain(change, ret);
			undo(changes, change - changes);
			return -1;
		}
	}
	return 0;
}

static bool same_model(const struct node *unit, const struct node *other)
{
	static const char *const files[] = { "device/vendor", "device/model" };
	bool same = unit->npaths && other->npaths;
	char *value;
	size_t i;

	for (i = 0; same && i < ARRAY_SIZE(files); i++) {
		value = sysfs_read(unit->paths[0].dir, files[i]);
		same = value && sysfs_is(other->paths[0].dir, files[i], value);
		free(value);
	}
	return same;
}

/* What is only kept no more stays as it is now. */
static size_t list_changes(struct change *changes, const struct node *unit,
			   enum keep keep, const struct order *orders, size_t n)
{
	size_t found = 0, i;

	for (i = 0; i < n; i++)
		if (*orders[i].value || !keep)
			changes[found++] = (struct change){ .unit = unit, .order = &orders[i] };
	return found;
}

/* Of the unit, and of all of its model if it is for these. */
static size_t list_all_changes(struct change **changes, const struct san *san,
			       const struct node *unit, enum keep keep,
			       const struct order *orders, size_t n)
{
	const struct node *other;
	size_t found = 0;

	*changes = allocate(san->nunits * n * sizeof(**changes));
	for (other = san->units; other < san->units + san->nunits; other++)
		if (other == unit || (keep == KEEP_MODEL && same_model(unit, other)))
			found += list_changes(*changes + found, other, keep, orders, n);
	return found;
}

static int keep_orders(const struct node *unit, enum keep keep,
		       const struct order *orders, size_t n)
{
	struct kept *kept = allocate(n * sizeof(*kept));
	size_t i;
	int ret;

	for (i = 0; i < n; i++)
		kept[i] = (struct kept){ orders[i].setting->file, orders[i].value };
	ret = keep_settings(unit, keep, kept, n);
	free(kept);
	return ret;
}

static int change_unit(const struct san *san, const struct node *unit, enum keep keep,
		       const struct order *orders, size_t n)
{
	struct change *changes;
	size_t nchanges = list_all_changes(&changes, san, unit, keep, orders, n);
	int ret = apply(changes, nchanges);

	if (!ret && keep) {
		ret = keep_orders(unit, keep, orders, n);
		if (ret)
			undo(changes, nchanges);
	}
	while (nchanges--)
		free(changes[nchanges].before);
	free(changes);
	return ret;
}

static int change_settings(const char *word, enum keep keep, const struct order *orders,
			   size_t n)
{
	int ret = EXIT_FAILED;
	struct node *unit;
	struct san san;

	find_units(&san);
	unit = find_unit(&san, word);
	if (unit && !change_unit(&san, unit, keep, orders, n))
		ret = EXIT_OK;
	forget_units(&san);
	return ret;
}

static void print_kept(const struct node *unit, const struct setting *setting)
{
	static const char *const whose[] = {
		[KEEP_UNIT] = "this unit", [KEEP_MODEL] = "its model",
	};
	enum keep keep;
	char *value;

	for (keep = KEEP_UNIT; keep <= KEEP_MODEL; keep++) {
		value = kept_value(unit, keep, setting->file);
		if (value)
			printf("  (kept for %s: %s)", whose[keep], value);
		free(value);
	}
}

static int print_settings(const char *word)
{
	struct node *unit;
	struct san san;
	char *value;
	size_t i;

	find_units(&san);
	unit = find_unit(&san, word);
	for (i = 0; unit && i < ARRAY_SIZE(settings); i++) {
		value = sysfs_read(unit->dir, settings[i].file);
		if (!value)
			continue;
		printf("%s=%s", settings[i].name, value);
		print_kept(unit, &settings[i]);
		putchar('\n');
		free(value);
	}
	forget_units(&san);
	return unit ? EXIT_OK : EXIT_FAILED;
}

int verb_set(int argc, char **argv, struct options *options)
{
	struct order *orders;
	int ret = EXIT_USAGE, i;

	if (argc < 1) {
		complain("set: which disk, and NAME=VALUE?");
		return EXIT_USAGE;
	}
	if (argc == 1)
		return print_settings(argv[0]);
	orders = allocate(argc * sizeof(*orders));
	for (i = 1; i < argc; i++)
		if (find_setting(&orders[i - 1], argv[i]))
			goto out;
	ret = change_settings(argv[0], options->keep, orders, argc - 1);
out:
	free(orders);
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
	struct order order = { .setting = &settings[0] };

	if (argc < 1 || argc > 2) {
		complain("policy: which disk, and which policy, if it is to change?");
		return EXIT_USAGE;
	}
	if (argc == 1)
		return print_policy(argv[0]);
	order.value = argv[1];
	return change_settings(argv[0], options->keep, &order, 1);
}
