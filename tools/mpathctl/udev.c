// SPDX-License-Identifier: GPL-2.0
/*
 * mpathctl udev: what udev's rules ask of a unit, under the names that udev's
 * scsi_id gives to what it reads from a disk, but without I/O to it.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* So many digits of an NAA identifier are the vendor's and the number's. */
#define WWN_DIGITS	16

/* As udev has it: what is odd becomes an underscore. Takes NULL. */
char *udev_name(char *value)
{
	char *c;

	for (c = value; c && *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("#+-.:=@_/", *c))
			*c = '_';
	return value;
}

static void print_name(const char *key, char *value)
{
	if (value)
		printf("%s=%s\n", key, udev_name(value));
	free(value);
}

/* The digit is the designator's type, as in VPD page 0x83. */
static void print_id(const char *id)
{
	static const struct {
		const char	*prefix;
		char		type;
	} types[] = { { "naa.", '3' }, { "eui.", '2' }, { "t10.", '1' }, { "iqn.", '8' } };
	const char *name = id;
	char type = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (!strncmp(id, types[i].prefix, 4))
			type = types[i].type;
	if (type && type != '8')
		name += 4;
	print_name("ID_SERIAL", type ? format("%c%s", type, name) : format("%s", name));
	print_name("ID_SERIAL_SHORT", format("%s", name));
	if (type != '3')
		return;
	print_name("ID_WWN", format("0x%.*s", WWN_DIGITS, name));
	print_name("ID_WWN_WITH_EXTENSION", format("0x%s", name));
}

static void print_unit(const struct node *unit)
{
	char *id = sysfs_read(unit->dir, "vpd_id");
	const struct node *path = unit->paths;

	puts("ID_BUS=scsi\nID_TYPE=disk");
	if (id)
		print_id(id);
	free(id);
	if (!unit->npaths)
		return;
	print_name("ID_VENDOR", sysfs_read(path->dir, "device/vendor"));
	print_name("ID_MODEL", sysfs_read(path->dir, "device/model"));
	print_name("ID_REVISION", sysfs_read(path->dir, "device/rev"));
}

int verb_udev(int argc, char **argv, struct options *options)
{
	struct node *unit;
	struct san san;

	(void)options;
	if (argc != 1) {
		complain("udev: which disk?");
		return EXIT_USAGE;
	}
	find_units(&san);
	unit = find_unit(&san, argv[0]);
	if (unit)
		print_unit(unit);
	forget_units(&san);
	return unit ? EXIT_OK : EXIT_FAILED;
}
