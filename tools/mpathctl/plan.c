// SPDX-License-Identifier: GPL-2.0
/*
 * What mpathctl import writes: parameters of the module for all units, and rules
 * of udev's for some of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

#define TITLE		"# Written by \"mpathctl import --write\"."

/* The kernel takes no longer parameter. */
#define MAX_PARAMETER	1023

static struct rule *add(struct rule **list, size_t *n, const char *begin, char *value)
{
	*list = have_memory(realloc(*list, (*n + 1) * sizeof(**list)));
	(*list)[*n] = (struct rule){ format("%s", begin), value };
	return &(*list)[(*n)++];
}

static struct rule *find(struct rule *list, size_t n, const char *begin)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(list[i].begin, begin))
			return &list[i];
	return NULL;
}

/* A parameter of the module; patterns of what to leave alone add up. */
void plan_parameter(struct plan *plan, const char *name, const char *value)
{
	struct rule *old = find(plan->parameters, plan->nparameters, name);
	bool more = old && !strcmp(name, "exclude");
	char *whole = more ? format("%s,%s", old->value, value) : format("%s", value), *c;

	/* A blank would end it. */
	for (c = whole; *c; c++)
		if (*c == ' ')
			*c = '?';
	if (old) {
		free(old->value);
		old->value = whole;
	} else {
		add(&plan->parameters, &plan->nparameters, name, whole);
	}
}

void plan_rule(struct plan *plan, const char *begin, const char *value)
{
	struct rule *old = find(plan->rules, plan->nrules, begin);

	if (!old) {
		add(&plan->rules, &plan->nrules, begin, format("%s", value));
		return;
	}
	free(old->value);
	old->value = format("%s", value);
}

void forget_plan(struct plan *plan)
{
	free_rules(plan->parameters, plan->nparameters);
	free_rules(plan->rules, plan->nrules);
}

/* What an admin has written himself is not to be overwritten. */
static bool is_mine(const char *name)
{
	FILE *file = fopen(name, "re");
	char line[sizeof(TITLE)] = "";
	bool mine;

	if (!file)
		return true;
	mine = fgets(line, sizeof(line), file) && !strcmp(line, TITLE);
	fclose(file);
	return mine;
}

static int check(const struct plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->nparameters; i++) {
		if (strlen(plan->parameters[i].value) <= MAX_PARAMETER)
			continue;
		complain("%s would have more than %d characters: shorten the blacklist",
			 plan->parameters[i].begin, MAX_PARAMETER);
		return -1;
	}
	if (is_mine(name))
		return 0;
	complain("%s is not from import: move it away, and see what is in it", name);
	return -1;
}

static void print_parameters(FILE *file, const struct plan *plan)
{
	size_t i;

	fprintf(file, "%s\n", TITLE);
	for (i = 0; i < plan->nparameters; i++)
		fprintf(file, "options scsi_mpath %s=%s\n", plan->parameters[i].begin,
			plan->parameters[i].value);
}

static int write_both(const struct plan *plan, const char *name)
{
	struct new_file new;

	if (begin_file(&new, name))
		return -1;
	print_parameters(new.stream, plan);
	if (seal_file(&new))
		return -1;
	if (plan->nrules && write_rules(plan->rules, plan->nrules))
		return drop_file(&new);
	return place_file(&new);
}

/* Both files or none. Complains, and returns -1. */
int write_plan(const struct plan *plan)
{
	char *name = below_root(OPTIONS_FILE);
	int ret = check(plan, name);

	if (!ret)
		ret = write_both(plan, name);
	free(name);
	return ret;
}
