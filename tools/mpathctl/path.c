// SPDX-License-Identifier: GPL-2.0
/* mpathctl path, mpathctl reset: what an admin may do to a path. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

#define ADMIN_STATE	"mpath/admin_state"
#define RESET		"mpath/reset"

static bool is_state(const char *word)
{
	return !strcmp(word, "in-service") || !strcmp(word, "standby") ||
	       !strcmp(word, "out-of-service");
}

static void explain(const struct node *path, const char *file, int error)
{
	const char *name = path->name, *unit = path->unit->name;

	switch (-error) {
	case EBUSY:
		complain("%s: it stays in service: no other path of %s takes I/O", name, unit);
		break;
	case EINTR:
		complain("%s: it gets no new I/O, but has not finished what it had", name);
		break;
	case ENOENT:
		complain("%s: its driver has no %s", name, file);
		break;
	default:
		complain_of(name, error);
	}
}

/* All of them are known before the first one changes. Returns NULL if one is not. */
static struct node **known_paths(struct san *san, int argc, char **argv)
{
	struct node **paths = allocate(argc * sizeof(*paths));
	bool known = true;
	int i;

	for (i = 0; i < argc; i++) {
		paths[i] = find_path(san, argv[i]);
		if (!paths[i])
			known = false;
	}
	if (known)
		return paths;
	free(paths);
	return NULL;
}

static int write_paths(struct node **paths, int n, const char *file, const char *value)
{
	int i, error;

	for (i = 0; i < n; i++) {
		error = sysfs_write(paths[i]->dir, file, value);
		if (error) {
			explain(paths[i], file, error);
			return EXIT_FAILED;
		}
	}
	return EXIT_OK;
}

static int set_paths(const char *file, const char *value, int argc, char **argv)
{
	int ret = EXIT_FAILED;
	struct node **paths;
	struct san san;

	find_units(&san);
	paths = known_paths(&san, argc, argv);
	if (paths)
		ret = write_paths(paths, argc, file, value);
	free(paths);
	forget_units(&san);
	return ret;
}

int verb_path(int argc, char **argv, struct options *options)
{
	(void)options;
	if (argc < 2 || !is_state(argv[0])) {
		complain("path: in-service, standby or out-of-service, and which paths?");
		return EXIT_USAGE;
	}
	return set_paths(ADMIN_STATE, argv[0], argc - 1, argv + 1);
}

int verb_reset(int argc, char **argv, struct options *options)
{
	(void)options;
	if (argc < 1) {
		complain("reset: which paths?");
		return EXIT_USAGE;
	}
	return set_paths(RESET, "1", argc, argv);
}
