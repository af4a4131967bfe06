// SPDX-License-Identifier: GPL-2.0
/*
 * Files that are replaced in one go: who reads one finds all of it, as it was
 * before or as it is now.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mpathctl.h"

static void forget_file(struct new_file *new)
{
	free(new->name);
	free(new->draft);
}

/* Give up; what was there stays. Returns -1. */
int drop_file(struct new_file *new)
{
	fclose(new->stream);
	unlink(new->draft);
	forget_file(new);
	return -1;
}

static int fail_file(struct new_file *new)
{
	complain("%s: cannot be written: %s", new->name, strerror(errno));
	return drop_file(new);
}

/* What is printed to new->stream is going to be the file. Complains, and returns -1. */
int begin_file(struct new_file *new, const char *name)
{
	int fd;

	new->name = format("%s", name);
	new->draft = format("%s.XXXXXX", name);
	fd = mkstemp(new->draft);
	new->stream = fd < 0 ? NULL : fdopen(fd, "w");
	if (new->stream)
		return 0;
	complain("%s: cannot be written: %s", name, strerror(errno));
	if (fd >= 0) {
		close(fd);
		unlink(new->draft);
	}
	forget_file(new);
	return -1;
}

/* It is whole, and on the disk, but not yet in place. Complains, and returns -1. */
int seal_file(struct new_file *new)
{
	int fd = fileno(new->stream);

	if (fflush(new->stream) || ferror(new->stream) || fchmod(fd, 0644) || fsync(fd))
		return fail_file(new);
	return 0;
}

int place_file(struct new_file *new)
{
	if (rename(new->draft, new->name))
		return fail_file(new);
	fclose(new->stream);
	forget_file(new);
	return 0;
}
