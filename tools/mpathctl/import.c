// SPDX-License-Identifier: GPL-2.0
/*
 * mpathctl import: dm-multipath's configuration explained line by line, and what
 * to set in its place. It changes nothing.
 */
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
 */
struct import {
	const char		*file;
	struct conf		top;
	struct json_object	*list;
	size_t			count[ARRAY_SIZE(fate_names)];
};

static void add_to_list(const struct import *import, const struct conf *line, const char *where,
			const struct verdict *judged)
{
	struct json_object *object = json_object_new_object();
	const char *value = line->value;

	json_object_object_add(object, "line", json_object_new_int64(line->line));
	json_object_object_add(object, "section", json_object_new_string(where));
	json_object_object_add(object, "keyword", json_object_new_string(line->word));
	json_object_object_add(object, "value", value ? json_object_new_string(value) : NULL);
	json_object_object_add(object, "fate", json_object_new_string(fate_names[judged->fate]));
	json_object_object_add(object, "text", json_object_new_string(judged->text));
	json_object_array_add(import->list, object);
}

/* Takes the verdict's text over. */
static void tell(struct import *import, const struct conf *line, const char *where,
		 struct verdict judged)
{
	import->count[judged.fate]++;
	if (import->list)
		add_to_list(import, line, where, &judged);
	else
		printf("%s:%u: %s: %s%s%s\n        %s: %s\n", import->file, line->line, where,
		       line->word, line->value ? " " : "", line->value ? line->value : "",
		       fate_names[judged.fate], judged.text);
	free(judged.text);
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

static void explain_line(struct import *import, const struct conf *line,
			 const struct conf *section, const char *where)
{
	struct verdict judged;

	if (!line->value)
		judged = verdict(UNSUPPORTED, "settings go by unit, or for all");
	else if (is_overridden(import, line, section))
		judged = verdict(NEEDLESS, "the section overrides has it, too");
	else
		judged = judge_setting(line, section, find_section(import, "defaults"));
	tell(import, line, where, judged);
}

static void explain_lines(struct import *import, const struct conf *section, const char *where)
{
	size_t i;

	for (i = 0; i < section->n; i++)
		explain_line(import, &section->inside[i], section, where);
}

/* A section of which units it is about is in what stands in it. */
static char *unit_text(const struct conf *section)
{
	const char *vendor = conf_value(section, "vendor");
	const char *product = conf_value(section, "product");
	const char *wwid = conf_value(section, "wwid");
	char *id = wwid ? id_of_wwid(wwid) : NULL, *text;

	if (!strcmp(section->word, "multipath"))
		text = format("unit %s", id ? id : wwid ? wwid : "without a wwid");
	else
		text = format("units of %s %s", vendor ? vendor : "any vendor",
			      product ? product : "");
	free(id);
	return text;
}

static void explain_sections(struct import *import, const struct conf *section, const char *word)
{
	const struct conf *inside;
	char *where;
	size_t i;

	for (i = 0; i < section->n; i++) {
		inside = &section->inside[i];
		if (inside->value || strcmp(inside->word, word)) {
			tell(import, inside, section->word,
			     verdict(UNKNOWN, "it does not belong into this section"));
			continue;
		}
		where = unit_text(inside);
		explain_lines(import, inside, where);
		free(where);
	}
}

static void explain_exclusions(struct import *import, const struct conf *section)
{
	size_t i;

	for (i = 0; i < section->n; i++)
		tell(import, &section->inside[i], section->word,
		     judge_exclusion(&section->inside[i], section));
}

static void explain_section(struct import *import, const struct conf *section)
{
	const char *word = section->word;

	if (section->value)
		tell(import, section, "file", verdict(UNKNOWN, "it belongs into a section"));
	else if (!strcmp(word, "defaults"))
		explain_lines(import, section, "all units");
	else if (!strcmp(word, "overrides"))
		explain_lines(import, section, "all units, last");
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
		ret = EXIT_OK;
	}
	forget_conf(&import.top);
	return ret;
}
