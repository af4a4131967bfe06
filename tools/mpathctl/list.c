// SPDX-License-Identifier: GPL-2.0
/* mpathctl list, mpathctl show: units and their paths. */
#include <stdio.h>
#include <stdlib.h>

#include "mpathctl.h"

#define DEFAULT_COLUMNS	"NAME,STATE,HEALTH,HCTL,ADDRESS,GROUP,INFLIGHT,ERRORS,SIZE,POLICY,VENDOR,MODEL,ID"

/* The units that the words name, each once, in their own order; all if there are none. */
const struct node **choose_units(struct san *san, int argc, char **argv)
{
	const struct node **units = allocate((san->nunits + 1) * sizeof(*units));
	bool *wanted = allocate(san->nunits * sizeof(*wanted));
	struct node *unit;
	bool wrong = false;
	size_t i, n = 0;
	int arg;

	for (arg = 0; arg < argc; arg++) {
		unit = find_unit(san, argv[arg]);
		if (unit)
			wanted[unit - san->units] = true;
		else
			wrong = true;
	}
	for (i = 0; i < san->nunits; i++)
		if (!argc || wanted[i])
			units[n++] = &san->units[i];
	free(wanted);
	if (!wrong)
		return units;
	free(units);
	return NULL;
}

void complain_of_none(const struct san *san)
{
	if (!san->nunits)
		complain("no multipathed disks; 'modprobe scsi_mpath' makes some of SCSI disks");
}

void use_columns(struct options *options, const char *list)
{
	if (!options->columns[0])
		choose_columns(list, options->columns);
}

static void use_all_columns(struct options *options)
{
	size_t i, n = 0;

	if (options->columns[0])
		return;
	for (i = 0; i < ncolumns; i++)
		if (!columns[i].live)
			options->columns[n++] = &columns[i];
}

static int print_units(int argc, char **argv, struct options *options,
		       int (*print)(const struct node **units, const struct options *options))
{
	const struct node **units;
	struct san san;
	int ret = EXIT_FAILED;

	find_units(&san);
	if (!argc)
		complain_of_none(&san);
	units = choose_units(&san, argc, argv);
	if (units) {
		if (!print(units, options))
			ret = EXIT_OK;
		else
			complain("cannot print: no memory");
	}
	free(units);
	forget_units(&san);
	return ret;
}

int verb_list(int argc, char **argv, struct options *options)
{
	if (options->json) {
		use_all_columns(options);
		return print_units(argc, argv, options, print_json);
	}
	use_columns(options, DEFAULT_COLUMNS);
	return print_units(argc, argv, options, print_table);
}

int verb_show(int argc, char **argv, struct options *options)
{
	use_all_columns(options);
	return print_units(argc, argv, options, options->json ? print_json : print_sheet);
}
