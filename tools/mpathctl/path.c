// SPDX-License-Identifier: GPL-2.0
/* mpathctl path, mpathctl reset: what an admin may do to a path. */
#include <errno.h>
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
	case EACCES:
	case EPERM:
		complain("%s: %s; are you root?", name, strerror(-error));
		break;
	default:
		complain("%s: %s", name, strerror(-error));
	}
}

/* All of them are known before the first one changes. */
static bool all_known(struct san *san, int argc, char **argv)
{
	bool known = true;
	int i;

	for (i = 0; i < argc; i++)
		if (!find_path(san, argv[i]))
			known = false;
	return known;
}

static int write_paths(struct san *san, const char *file, const char *value, int argc,
		       char **argv)
{
	struct node *path;
	int i, error;

	if (!all_known(san, argc, argv))
		return EXIT_FAILED;
	for (i = 0; i < argc; i++) {
		path = find_path(san, argv[i]);
		error = sysfs_write(path->dir, file, value);
		if (error) {
			explain(path, file, error);
			return EXIT_FAILED;
		}
	}
	return EXIT_OK;
}

static int set_paths(const char *file, const char *value, int argc, char **argv)
{
	struct san san;
	int ret;

	find_units(&san);
	ret = write_paths(&san, file, value, argc, argv);
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
