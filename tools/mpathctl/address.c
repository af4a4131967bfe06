// SPDX-License-Identifier: GPL-2.0
/* Where a path leads: what its transport tells of the target port. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* The last part of where a directory really is. */
static char *resolved_name(const char *dir)
{
	char *real = sysfs_resolve(dir), *name = NULL;

	if (real && strrchr(real, '/'))
		name = format("%s", strrchr(real, '/') + 1);
	free(real);
	return name;
}

static char *device_dir(const struct node *path)
{
	return format("%s/device", path->dir);
}

/* Host, channel, target and LUN of a SCSI device, or the name of a controller. */
char *path_hctl(const struct node *path)
{
	char *dir = device_dir(path);
	char *name = resolved_name(dir);

	free(dir);
	return name;
}

/* The number behind WORD in a directory's name, or -1. */
static int number_behind(const char *dir, const char *word)
{
	const char *at = dir;

	while ((at = strstr(at, word))) {
		at += strlen(word);
		if (isdigit((unsigned char)*at))
			return atoi(at);
	}
	return -1;
}

static char *join_port(const char *address, const char *port)
{
	const char *fmt = strchr(address, ':') ? "[%s]:%s" : "%s:%s";

	return port && *port ? format(fmt, address, port) : format("%s", address);
}

static char *portal(const char *real)
{
	int session = number_behind(real, "/session");
	char *dir, *address, *port, *both = NULL;

	if (session < 0)
		return NULL;
	dir = format("class/iscsi_connection/connection%d:0", session);
	address = sysfs_read(dir, "address");
	port = sysfs_read(dir, "port");
	/* iSCSI has no address before the first login. */
	if (address && *address && strcmp(address, "(null)"))
		both = join_port(address, port);
	free(port);
	free(address);
	free(dir);
	return both;
}

/* The name that the target port has on a Fibre Channel. */
static char *fc_port(const char *hctl)
{
	int host, channel, target;
	char *dir, *name;

	if (sscanf(hctl, "%d:%d:%d:", &host, &channel, &target) != 3)
		return NULL;
	dir = format("class/fc_transport/target%d:%d:%d", host, channel, target);
	name = sysfs_read(dir, "port_name");
	free(dir);
	return name;
}

/* The address of the target port on SAS. */
static char *sas_port(const char *real)
{
	const char *at = strstr(real, "/end_device-");
	char *dir, *name;

	if (!at)
		return NULL;
	at++;
	dir = format("class/sas_device/%.*s", (int)strcspn(at, "/"), at);
	name = sysfs_read(dir, "sas_address");
	free(dir);
	return name;
}

static char *scsi_address(const struct node *path)
{
	char *dir = device_dir(path), *real = sysfs_resolve(dir);
	char *hctl = path_hctl(path), *address = NULL;

	if (real && hctl) {
		address = portal(real);
		if (!address)
			address = fc_port(hctl);
		if (!address)
			address = sas_port(real);
	}
	free(hctl);
	free(real);
	free(dir);
	return address;
}

/* What stands behind KEY in "key=value,key=value", or NULL. */
static char *option(const char *options, const char *key)
{
	size_t len = strlen(key);

	for (;; options++) {
		if (!strncmp(options, key, len) && options[len] == '=') {
			options += len + 1;
			return format("%.*s", (int)strcspn(options, ","), options);
		}
		options = strchr(options, ',');
		if (!options)
			return NULL;
	}
}

/* A controller on PCI has its address there, others have options. */
static char *nvme_address(const struct node *path)
{
	char *dir = device_dir(path), *options = sysfs_read(dir, "address");
	char *address = NULL, *port = NULL, *both = options;

	if (options)
		address = option(options, "traddr");
	if (address) {
		port = option(options, "trsvcid");
		both = join_port(address, port);
		free(options);
	}
	free(port);
	free(address);
	free(dir);
	return both;
}

char *path_address(const struct node *path)
{
	return path->kind == SCSI_PATH ? scsi_address(path) : nvme_address(path);
}
