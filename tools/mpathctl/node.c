// SPDX-License-Identifier: GPL-2.0
/* The units that there are, and the paths to them. */
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

static void init_node(struct node *node, const char *name, struct node *unit)
{
	node->name = format("%s", name);
	node->dir = format("block/%s", name);
	node->unit = unit;
	if (unit)
		node->kind = sysfs_has(node->dir, "mpath") ? SCSI_PATH : NVME_PATH;
}

/* Each link beside the files of the group is a path. */
static bool is_path(const char *dir, const char *name)
{
	char *link = format("%s/%s", dir, name);
	char *target = sysfs_resolve(link);
	bool is = target && sysfs_has(target, "size");

	free(target);
	free(link);
	return is;
}

static void find_paths(struct node *unit)
{
	char *dir = format("%s/multipath", unit->dir);
	char **list = sysfs_list(dir), **name;
	size_t n = 0;

	for (name = list; *name; name++)
		n++;
	unit->paths = allocate((n + 1) * sizeof(*unit->paths));
	for (name = list; *name; name++)
		if (is_path(dir, *name))
			init_node(&unit->paths[unit->npaths++], *name, unit);
	free_list(list);
	free(dir);
}

static bool is_unit(const char *name)
{
	char *dir = format("block/%s", name);
	bool is = sysfs_has(dir, "multipath");

	free(dir);
	return is;
}

void find_units(struct san *san)
{
	char **list = sysfs_list("block"), **name;
	struct node *unit;
	size_t n = 0;

	for (name = list; *name; name++)
		n++;
	san->units = allocate((n + 1) * sizeof(*san->units));
	san->nunits = 0;
	for (name = list; *name; name++) {
		if (!is_unit(*name))
			continue;
		unit = &san->units[san->nunits++];
		init_node(unit, *name, NULL);
		find_paths(unit);
	}
	free_list(list);
}

static void forget_node(struct node *node)
{
	size_t i;

	for (i = 0; i < node->npaths; i++)
		forget_node(&node->paths[i]);
	free(node->paths);
	free(node->rate);
	free(node->name);
	free(node->dir);
}

void forget_units(struct san *san)
{
	size_t i;

	for (i = 0; i < san->nunits; i++)
		forget_node(&san->units[i]);
	free(san->units);
}

const char *unit_name(const struct node *node)
{
	return node->unit ? node->unit->name : node->name;
}

/* All units, each with its paths behind it. Returns how many nodes these are. */
size_t san_nodes(const struct san *san, struct node ***nodes)
{
	struct node *unit;
	size_t n = 0, i;

	for (unit = san->units; unit < san->units + san->nunits; unit++)
		n += 1 + unit->npaths;
	*nodes = allocate(n * sizeof(**nodes));
	n = 0;
	for (unit = san->units; unit < san->units + san->nunits; unit++) {
		(*nodes)[n++] = unit;
		for (i = 0; i < unit->npaths; i++)
			(*nodes)[n++] = &unit->paths[i];
	}
	return n;
}

/* Where the node was, in the nodes of another time, or -1; mostly, where it is now. */
ssize_t find_again(struct node **nodes, size_t n, const struct node *node, size_t guess)
{
	size_t i, at;

	for (i = 0; i < n; i++) {
		at = (guess + i) % n;
		if (!strcmp(nodes[at]->name, node->name) &&
		    !strcmp(unit_name(nodes[at]), unit_name(node)))
			return at;
	}
	return -1;
}

static bool has_hctl(const struct node *path, const char *word)
{
	char *hctl = path_hctl(path);
	bool has = hctl && !strcmp(hctl, word);

	free(hctl);
	return has;
}

static bool is_called(const struct node *node, const char *word)
{
	if (!strncmp(word, "/dev/", 5))
		word += 5;
	if (!strcmp(node->name, word))
		return true;
	if (node->kind == UNIT)
		return sysfs_is(node->dir, "vpd_id", word) ||
		       sysfs_is(node->dir, "wwid", word);
	return has_hctl(node, word);
}

/* WORD is a name, with or without /dev/, an identifier of a unit, or H:C:T:L. */
static struct node *find_node(struct san *san, const char *word)
{
	struct node *unit;
	size_t i, j;

	for (i = 0; i < san->nunits; i++) {
		unit = &san->units[i];
		if (is_called(unit, word))
			return unit;
		for (j = 0; j < unit->npaths; j++)
			if (is_called(&unit->paths[j], word))
				return &unit->paths[j];
	}
	return NULL;
}

/* A path stands for its unit. Complains if there is none. */
struct node *find_unit(struct san *san, const char *word)
{
	struct node *node = find_node(san, word);

	if (!node)
		complain("%s: no multipathed disk, nor a path of one; see 'mpathctl list'", word);
	return node && node->unit ? node->unit : node;
}

struct node *find_path(struct san *san, const char *word)
{
	struct node *node = find_node(san, word);

	if (!node) {
		complain("%s: no path of a multipathed disk; see 'mpathctl list'", word);
	} else if (node->kind == UNIT) {
		complain("%s: this is a multipathed disk; name one of its paths", word);
		return NULL;
	}
	return node;
}
