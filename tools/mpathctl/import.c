// SPDX-License-Identifier: GPL-2.0
/*
 * mpathctl import: dm-multipath's configuration explained line by line, and what
 * to set in its place. It is written only if that is asked for.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "mpathctl.h"

#define DEFAULT_FILE	"/etc/multipath.conf"

static const char * const fate_names[] = {
	[BECOMES] = "becomes",
	[NEEDLESS] = "not needed",
	[UNSUPPORTED] = "not supported",
	[UNKNOWN] = "unknown",
};

/**
 * struct import - one run
 * @file: what is read
 * @top: all of it
 * @list: the verdicts, if they are wanted as JSON
 * @count: how often there was each fate
 * @plan: what is to be written
 */
struct import {
	const char		*file;
	struct conf		top;
	struct json_object	*list;
	size_t			count[ARRAY_SIZE(fate_names)];
	struct plan		plan;
};

/**
 * struct group - the units that a section is about
 * @name: for people
 * @some: not all units
 * @id: of the unit, if it is one and the kernel's identifier is known
 * @vendor: a pattern of udev's; and of @model; NULL: none says it
 * @model: likewise
 */
struct group {
	const char	*name;
	bool		some;
	char		*id;
	char		*vendor;
	char		*model;
};

static void forget(struct verdict *judged)
{
	free(judged->name);
	free(judged->value);
}

static char *text_of(const struct verdict *judged)
{
	if (judged->fate != BECOMES)
		return format("%s", judged->reason);
	if (judged->form == LINK || judged->form == RULE)
		return format("udev rule: %s=\"%s\"", judged->name, judged->value);
	return format("%s=%s", judged->name, judged->value);
}

static void add_to_list(const struct import *import, const struct conf *line, const char *where,
			enum fate fate, const char *text)
{
	struct json_object *object = json_object_new_object();
	const char *value = line->value;

	json_object_object_add(object, "line", json_object_new_int64(line->line));
	json_object_object_add(object, "section", json_object_new_string(where));
	json_object_object_add(object, "keyword", json_object_new_string(line->word));
	json_object_object_add(object, "value", value ? json_object_new_string(value) : NULL);
	json_object_object_add(object, "fate", json_object_new_string(fate_names[fate]));
	json_object_object_add(object, "text", json_object_new_string(text));
	json_object_array_add(import->list, object);
}

/* Takes the verdict over. */
static void tell(struct import *import, const struct conf *line, const char *where,
		 struct verdict judged)
{
	char *text = text_of(&judged);

	import->count[judged.fate]++;
	if (import->list)
		add_to_list(import, line, where, judged.fate, text);
	else
		printf("%s:%u: %s: %s%s%s\n        %s: %s\n", import->file, line->line, where,
		       line->word, line->value ? " " : "", line->value ? line->value : "",
		       fate_names[judged.fate], text);
	free(text);
	forget(&judged);
}

/* The section of that name; an empty one if there is none. */
static const struct conf *find_section(const struct import *import, const char *name)
{
	static const struct conf none = { .word = "" };
	size_t i;

	for (i = 0; i < import->top.n; i++)
		if (!import->top.inside[i].value && !strcmp(import->top.inside[i].word, name))
			return &import->top.inside[i];
	return &none;
}

/* Does a line of the section "overrides" take the place of this one? */
static bool is_overridden(const struct import *import, const struct conf *line,
			  const struct conf *section)
{
	if (strcmp(section->word, "defaults") && strcmp(section->word, "device"))
		return false;
	return conf_value(find_section(import, "overrides"), line->word);
}

/* Can what the line becomes be said of these units, and of no others? */
static struct verdict narrow(struct verdict judged, const struct group *group)
{
	const char *problem = NULL;

	if (judged.fate != BECOMES)
		return judged;
	if (judged.form == LINK && !group->id)
		problem = "a link is for one unit, which has to be known by its wwid";
	else if (group->some && (judged.form == PARAMETER || judged.form == RULE))
		problem = "it can be set for all units only";
	else if (group->some && !group->id && !group->vendor)
		problem = "udev cannot tell these units from others: mpathctl set --persist";
	if (!problem)
		return judged;
	forget(&judged);
	return verdict(UNSUPPORTED, problem);
}

static void plan_setting(struct plan *plan, const struct group *group, const char *name,
			 const char *value)
{
	const char *file = setting_file(name);
	char *rule;

	if (!group->some) {
		plan_parameter(plan, strcmp(name, "policy") ? name : "iopolicy", value);
		return;
	}
	rule = group->id ? rule_for_unit(group->id, file) :
			   rule_for_model(group->vendor, group->model, file);
	plan_rule(plan, rule, value);
	free(rule);
}

#define ANY_EVENT	"ACTION!=\"remove\", SUBSYSTEM==\"block\", "

/* Links are made anew at each event, those to partitions by what the unit is. */
static void plan_link(struct plan *plan, const char *id, const char *link)
{
	static const struct { const char *of, *behind; } forms[] = {
		{ "ENV{DEVTYPE}==\"disk\", ATTR", "" },
		{ "ENV{DEVTYPE}==\"partition\", ATTRS", "-part%n" },
	};
	char *match = udev_pattern(format("%s", id)), *rule, *value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		rule = format(ANY_EVENT "%s{vpd_id}==\"%s\", SYMLINK+=", forms[i].of, match);
		value = format("%s%s", link, forms[i].behind);
		plan_rule(plan, rule, value);
		free(value);
		free(rule);
	}
	free(match);
}

static void plan_rule_for(struct plan *plan, const struct verdict *judged)
{
	char *rule = format("ACTION==\"add\", %s=", judged->name);

	plan_rule(plan, rule, judged->value);
	free(rule);
}

static void add_to_plan(struct plan *plan, const struct group *group, const struct verdict *judged)
{
	switch (judged->form) {
	case SETTING:
		plan_setting(plan, group, judged->name, judged->value);
		break;
	case PARAMETER:
		plan_parameter(plan, judged->name, judged->value);
		break;
	case LINK:
		plan_link(plan, group->id, judged->value);
		break;
	case RULE:
		plan_rule_for(plan, judged);
		break;
	}
}

static void explain_line(struct import *import, const struct conf *line,
			 const struct conf *section, const struct group *group)
{
	struct verdict judged;

	if (!line->value)
		judged = verdict(UNSUPPORTED, "settings go by unit, or for all");
	else if (is_overridden(import, line, section))
		judged = verdict(NEEDLESS, "the section overrides has it, too");
	else
		judged = judge_setting(line, section, find_section(import, "defaults"));
	judged = narrow(judged, group);
	if (judged.fate == BECOMES)
		add_to_plan(&import->plan, group, &judged);
	tell(import, line, group->name, judged);
}

static void explain_lines(struct import *import, const struct conf *section,
			  const struct group *group)
{
	size_t i;

	for (i = 0; i < section->n; i++)
		explain_line(import, &section->inside[i], section, group);
}

/* As udev's rules want it; NULL: it has no such pattern. */
static char *pattern_of(const struct conf *section, const char *word)
{
	const char *regex = conf_value(section, word);
	char *glob = regex ? glob_of_regex(regex) : format("*"), *c;

	for (c = glob; c && *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._:-=*/", *c))
			*c = '?';
	return glob;
}

/* NVMe's have no such settings. */
static char *scsi_id_of(const char *wwid)
{
	char *id = id_of_wwid(wwid);

	if (id && (!strncmp(id, "naa.", 4) || !strncmp(id, "eui.", 4)))
		return id;
	free(id);
	return NULL;
}

/* A section of which units it is about is in what stands in it. */
static void explain_group(struct import *import, const struct conf *section)
{
	const char *vendor = conf_value(section, "vendor");
	const char *product = conf_value(section, "product");
	const char *wwid = conf_value(section, "wwid");
	struct group group = { .some = true };
	char *name;

	if (!strcmp(section->word, "multipath")) {
		group.id = wwid ? scsi_id_of(wwid) : NULL;
		name = format("unit %s", group.id ? group.id : wwid ? wwid : "without a wwid");
	} else {
		group.vendor = pattern_of(section, "vendor");
		group.model = pattern_of(section, "product");
		name = format("units of %s %s", vendor ? vendor : "any vendor",
			      product ? product : "");
	}
	if (!group.model) {
		free(group.vendor);
		group.vendor = NULL;
	}
	group.name = name;
	explain_lines(import, section, &group);
	free(name);
	free(group.id);
	free(group.vendor);
	free(group.model);
}

static void explain_sections(struct import *import, const struct conf *section, const char *word)
{
	const struct conf *inside;
	size_t i;

	for (i = 0; i < section->n; i++) {
		inside = &section->inside[i];
		if (inside->value || strcmp(inside->word, word))
			tell(import, inside, section->word,
			     verdict(UNKNOWN, "it does not belong into this section"));
		else
			explain_group(import, inside);
	}
}

static void explain_exclusions(struct import *import, const struct conf *section)
{
	static const struct group all;
	struct verdict judged;
	size_t i;

	for (i = 0; i < section->n; i++) {
		judged = judge_exclusion(&section->inside[i], section);
		if (judged.fate == BECOMES)
			add_to_plan(&import->plan, &all, &judged);
		tell(import, &section->inside[i], section->word, judged);
	}
}

static void explain_section(struct import *import, const struct conf *section)
{
	static const struct group all = { .name = "all units" };
	static const struct group last = { .name = "all units, last" };
	const char *word = section->word;

	if (section->value)
		tell(import, section, "file", verdict(UNKNOWN, "it belongs into a section"));
	else if (!strcmp(word, "defaults"))
		explain_lines(import, section, &all);
	else if (!strcmp(word, "overrides"))
		explain_lines(import, section, &last);
	else if (!strcmp(word, "devices"))
		explain_sections(import, section, "device");
	else if (!strcmp(word, "multipaths"))
		explain_sections(import, section, "multipath");
	else if (!strcmp(word, "blacklist") || !strcmp(word, "blacklist_exceptions"))
		explain_exclusions(import, section);
	else
		tell(import, section, "file",
		     verdict(UNKNOWN, "dm-multipath has no such section"));
}

static void explain(struct import *import)
{
	size_t i;

	for (i = 0; i < import->top.n; i++)
		explain_section(import, &import->top.inside[i]);
	if (import->list)
		print_document("lines", import->list);
	else
		printf("%zu become settings, %zu are not needed, %zu not supported, %zu unknown\n",
		       import->count[BECOMES], import->count[NEEDLESS],
		       import->count[UNSUPPORTED], import->count[UNKNOWN]);
}

static int finish(struct import *import)
{
	if (write_plan(&import->plan))
		return EXIT_FAILED;
	if (!import->list)
		puts("written to /" OPTIONS_FILE " and /" RULES_FILE "; they count\n"
		     "when scsi_mpath is loaded again: make the initramfs anew, and reboot");
	return EXIT_OK;
}

int verb_import(int argc, char **argv, struct options *options)
{
	struct import import = { .file = argc ? argv[0] : DEFAULT_FILE };
	int ret = EXIT_FAILED;

	if (argc > 1) {
		complain("import: which one file?");
		return EXIT_USAGE;
	}
	if (!read_conf(import.file, &import.top)) {
		if (options->json)
			import.list = json_object_new_array();
		explain(&import);
		ret = options->write ? finish(&import) : EXIT_OK;
	}
	forget_plan(&import.plan);
	forget_conf(&import.top);
	return ret;
}
