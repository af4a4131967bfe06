// SPDX-License-Identifier: GPL-2.0
/* Files of sysfs, or of a recorded tree. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mpathctl.h"

/* A file of sysfs has a page at most. */
#define MAX_FILE	4096

static char *sysfs;
static const char *below;

/* ROOT/sys is where things are; it need not be there. */
void sysfs_use_root(const char *root)
{
	char *dir = format("%s/sys", root);

	below = root;
	free(sysfs);
	sysfs = realpath(dir, NULL);
	if (sysfs)
		free(dir);
	else
		sysfs = dir;
}

/* Where a file of the machine is. */
char *below_root(const char *file)
{
	return format("%s/%s", below, file);
}

/*
 * What comes from a target may hold anything: escape codes for the terminal of
 * whoever looks at it, too.
 */
static char *printable(const char *text, size_t len)
{
	char *out = allocate(4 * len + 1), *end = out;
	size_t i;

	for (i = 0; i < len; i++) {
		if (isascii(text[i]) && isprint(text[i]))
			*end++ = text[i];
		else
			end += sprintf(end, "\\x%02x", (unsigned char)text[i]);
	}
	*end = 0;
	return out;
}

static char *trimmed(const char *text, size_t len)
{
	while (len && (isspace((unsigned char)text[len - 1]) || !text[len - 1]))
		len--;
	while (len && isspace((unsigned char)*text)) {
		text++;
		len--;
	}
	return printable(text, len);
}

static int open_file(const char *dir, const char *file, int flags)
{
	char *path = format("%s/%s/%s", sysfs, dir, file);
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK);
	int error = errno;

	free(path);
	errno = error;
	return fd;
}

/* Returns what is in the file, without white space around it, or NULL. */
char *sysfs_read(const char *dir, const char *file)
{
	char buf[MAX_FILE];
	ssize_t len;
	int fd;

	fd = open_file(dir, file, O_RDONLY);
	if (fd < 0)
		return NULL;
	len = read(fd, buf, sizeof(buf));
	close(fd);
	return len < 0 ? NULL : trimmed(buf, len);
}

/* Returns 0 or a negative error. */
int sysfs_write(const char *dir, const char *file, const char *value)
{
	/* Of a recorded tree the files are ordinary ones. */
	int fd = open_file(dir, file, O_WRONLY | O_TRUNC), ret = 0;
	char *line;

	if (fd < 0)
		return -errno;
	line = format("%s\n", value);
	/* A file of sysfs takes all of it or refuses it. */
	if (write(fd, line, strlen(line)) < 0)
		ret = -errno;
	free(line);
	close(fd);
	return ret;
}

bool sysfs_has(const char *dir, const char *file)
{
	char *path = format("%s/%s/%s", sysfs, dir, file);
	bool has = !access(path, F_OK);

	free(path);
	return has;
}

/* Is what the file says that word? */
bool sysfs_is(const char *dir, const char *file, const char *word)
{
	char *value = sysfs_read(dir, file);
	bool same = value && !strcmp(value, word);

	free(value);
	return same;
}

/* Follow all links. Returns a directory relative to /sys, or NULL. */
char *sysfs_resolve(const char *dir)
{
	char *path = format("%s/%s", sysfs, dir);
	char *whole = realpath(path, NULL);
	size_t len = strlen(sysfs);
	char *inside = NULL;

	if (whole && !strncmp(whole, sysfs, len) && whole[len] == '/')
		inside = format("%s", whole + len + 1);
	free(whole);
	free(path);
	return inside;
}

static int is_no_dot(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Names in a directory, in an order that has sda2 before sda10, up to a NULL. */
char **sysfs_list(const char *dir)
{
	char *path = format("%s/%s", sysfs, dir);
	struct dirent **entries;
	char **list;
	int i, n;

	n = scandir(path, &entries, is_no_dot, versionsort);
	free(path);
	if (n < 0)
		return allocate(sizeof(*list));
	list = allocate((n + 1) * sizeof(*list));
	for (i = 0; i < n; i++) {
		list[i] = format("%s", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return list;
}

void free_list(char **list)
{
	char **entry;

	for (entry = list; *entry; entry++)
		free(*entry);
	free(list);
}
