// SPDX-License-Identifier: GPL-2.0
/*
 * What a plugin has counted until now, when the guest asks for it:
 *
 *	qemu-system-x86_64 -plugin PLUGIN.so,dir=DIR ...
 *
 * Whoever puts a name into the file DIR/snapshot gets DIR/NAME.counts.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "snapshot.h"

int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static const char *dir;
static void (*write_counts)(FILE *file);

/* The file appears whole: who waits for it may read it at once. */
static void write_file(const char *name)
{
	char path[512], temporary[520];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.counts", dir, name);
	snprintf(temporary, sizeof(temporary), "%s.new", path);
	file = fopen(temporary, "w");
	if (!file) {
		perror(temporary);
		return;
	}
	write_counts(file);
	if (fclose(file) || rename(temporary, path))
		perror(path);
}

/* A name of letters, digits and dashes; anything else is no request of ours. */
static int read_request(const char *path, char *name, size_t size)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
	FILE *file = fopen(path, "r");
	int found;

	if (!file)
		return 0;
	found = !!fgets(name, size, file);
	fclose(file);
	unlink(path);
	if (!found)
		return 0;
	name[strcspn(name, "\n")] = '\0';
	return name[0] && name[strspn(name, allowed)] == '\0';
}

static void *answer_requests(void *argument)
{
	char path[512], name[64];

	(void)argument;
	snprintf(path, sizeof(path), "%s/snapshot", dir);
	for (;;) {
		if (read_request(path, name, sizeof(name)))
			write_file(name);
		usleep(20000);
	}
	return NULL;
}

/* Of the plugin's arguments; returns 0, or -1 if that cannot be. */
int snapshot_serve(int argc, char **argv, void (*write)(FILE *file))
{
	pthread_t thread;

	if (argc != 1 || strncmp(argv[0], "dir=", 4)) {
		fprintf(stderr, "plugin: dir=DIR is needed\n");
		return -1;
	}
	/* QEMU frees its arguments. */
	dir = strdup(argv[0] + 4);
	write_counts = write;
	if (!dir || pthread_create(&thread, NULL, answer_requests, NULL))
		return -1;
	pthread_detach(thread);
	return 0;
}
