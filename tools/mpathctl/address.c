// SPDX-License-Identifier: GPL-2.0
/* Where a path leads: what its transport tells of the target port. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

static char *device_dir(const struct node *path)
{
	return format("%s/device", path->dir);
}

static char *device_real(const struct node *path)
{
	char *dir = device_dir(path), *real = sysfs_resolve(dir);

	free(dir);
	return real;
}

/* Host, channel, target and LUN of a SCSI device, or the name of a controller. */
char *path_hctl(const struct node *path)
{
	char *real = device_real(path), *name = NULL;

	if (real && strrchr(real, '/'))
		name = format("%s", strrchr(real, '/') + 1);
	free(real);
	return name;
}

static char *join_port(const char *address, const char *port)
{
	const char *fmt = strchr(address, ':') ? "[%s]:%s" : "%s:%s";

	return port && *port ? format(fmt, address, port) : format("%s", address);
}

/* The part of where the path's device really is that begins with WORD, or NULL. */
static char *device_parent(const struct node *path, const char *word)
{
	char *real = device_real(path), *at = real ? strstr(real, word) : NULL;
	char *part = at ? format("%.*s", (int)strcspn(at + 1, "/"), at + 1) : NULL;

	free(real);
	return part;
}

/* The directory of the path's iSCSI connection, or NULL. */
char *connection_dir(const struct node *path)
{
	char *session = device_parent(path, "/session"), *dir = NULL;
	int number;

	if (session && sscanf(session, "session%d", &number) == 1)
		dir = format("class/iscsi_connection/connection%d:0", number);
	free(session);
	return dir;
}

/* The directory of the path's remote port on a Fibre Channel, or NULL. */
char *remote_port_dir(const struct node *path)
{
	char *port = device_parent(path, "/rport-"), *dir = NULL;

	if (port)
		dir = format("class/fc_remote_ports/%s", port);
	free(port);
	return dir;
}

static char *portal(const struct node *path)
{
	char *dir = connection_dir(path), *address, *port, *both = NULL;

	if (!dir)
		return NULL;
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
static char *fc_port(const struct node *path)
{
	char *hctl = path_hctl(path), *dir, *name = NULL;
	int host, channel, target;

	if (hctl && sscanf(hctl, "%d:%d:%d:", &host, &channel, &target) == 3) {
		dir = format("class/fc_transport/target%d:%d:%d", host, channel, target);
		name = sysfs_read(dir, "port_name");
		free(dir);
	}
	free(hctl);
	return name;
}

/* The address of the target port on SAS. */
static char *sas_port(const struct node *path)
{
	char *device = device_parent(path, "/end_device-"), *dir, *name = NULL;

	if (device) {
		dir = format("class/sas_device/%s", device);
		name = sysfs_read(dir, "sas_address");
		free(dir);
	}
	free(device);
	return name;
}

static char *scsi_address(const struct node *path)
{
	char *address = portal(path);

	if (!address)
		address = fc_port(path);
	return address ? address : sas_port(path);
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

static char *nvme_options(const struct node *path)
{
	char *dir = device_dir(path), *options = sysfs_read(dir, "address");

	free(dir);
	return options;
}

/* A controller on PCI has its address there, others have options. */
static char *nvme_address(const struct node *path)
{
	char *options = nvme_options(path), *address = NULL, *port = NULL, *both = options;

	if (options)
		address = option(options, "traddr");
	if (address) {
		port = option(options, "trsvcid");
		both = join_port(address, port);
		free(options);
	}
	free(port);
	free(address);
	return both;
}

char *path_address(const struct node *path)
{
	return path->kind == SCSI_PATH ? scsi_address(path) : nvme_address(path);
}

static char *nvme_adapter(const struct node *path)
{
	char *options = nvme_options(path), *source = NULL;

	if (options)
		source = option(options, "src_addr");
	free(options);
	return source;
}

/* Of iSCSI in software each session has a host: its own address tells more. */
static char *scsi_adapter(const struct node *path)
{
	char *host = device_parent(path, "/host"), *dir, *address;

	if (!host)
		return NULL;
	dir = format("class/iscsi_host/%s", host);
	if (sysfs_has(dir, "ipaddress")) {
		address = sysfs_read(dir, "ipaddress");
		free(host);
		host = address;
	}
	free(dir);
	return host;
}

/* What of this machine a path goes through: an adapter or an address. NULL: not known. */
char *path_adapter(const struct node *path)
{
	return path->kind == SCSI_PATH ? scsi_adapter(path) : nvme_adapter(path);
}
