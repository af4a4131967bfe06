// SPDX-License-Identifier: GPL-2.0
/* Units and paths as a table, as JSON, or one after the other with all there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>
#include <libsmartcols/libsmartcols.h>

#include "mpathctl.h"

static bool is_text(const struct column *column)
{
	return column->type == TEXT || column->type == WORD;
}

/* 1024 times as much each, with one digit behind the point where it helps. */
static char *human(const char *bytes)
{
	static const char units[] = "BKMGTPE";
	double size = strtod(bytes, NULL);
	size_t i;

	for (i = 0; size >= 1024 && units[i + 1]; i++)
		size /= 1024;
	return format(size < 10 && size != (int)size ? "%.1f%c" : "%.0f%c", size, units[i]);
}

static char *cell(const struct column *column, const struct node *node,
		  const struct options *options)
{
	char *value = column_value(column, node), *text;

	if (!value || column->type != BYTES || options->bytes)
		return value;
	text = human(value);
	free(value);
	return text;
}

static int add_line(struct libscols_table *table, const struct node *node,
		    struct libscols_line *parent, const struct options *options)
{
	struct libscols_line *line = scols_table_new_line(table, parent);
	char *value;
	size_t i;

	if (!line)
		return -1;
	for (i = 0; options->columns[i]; i++) {
		value = cell(options->columns[i], node, options);
		if (value && scols_line_refer_data(line, i, value))
			return -1;
	}
	for (i = 0; i < node->npaths; i++)
		if (add_line(table, &node->paths[i], line, options))
			return -1;
	return 0;
}

static int add_columns(struct libscols_table *table, const struct options *options)
{
	const struct column *const *column;
	int flags;

	for (column = options->columns; *column; column++) {
		flags = is_text(*column) ? 0 : SCOLS_FL_RIGHT;
		/* The first one carries the tree. */
		if (column == options->columns && !options->parsable)
			flags |= SCOLS_FL_TREE;
		if (!scols_table_new_column(table, (*column)->name, 0, flags))
			return -1;
	}
	return 0;
}

int print_table(const struct node **units, const struct options *options)
{
	struct libscols_table *table;
	int ret;

	scols_init_debug(0);
	table = scols_new_table();
	if (!table)
		return -1;
	scols_table_enable_noheadings(table, !options->headings);
	scols_table_enable_raw(table, options->parsable);
	ret = add_columns(table, options);
	for (; !ret && *units; units++)
		ret = add_line(table, *units, NULL, options);
	if (!ret)
		ret = scols_print_table(table);
	scols_unref_table(table);
	return ret;
}

static struct json_object *json_value(const struct column *column, const char *value)
{
	long long number;

	if (!value)
		return NULL;
	if (is_text(column))
		return json_object_new_string(value);
	return is_number(value, &number) ? json_object_new_int64(number) : NULL;
}

static struct json_object *json_node(const struct node *node, const struct options *options)
{
	struct json_object *object = json_object_new_object(), *paths;
	const struct column *const *column;
	char *key, *value;
	size_t i;

	for (column = options->columns; *column; column++) {
		key = column_key(*column);
		value = column_value(*column, node);
		json_object_object_add(object, key, json_value(*column, value));
		free(value);
		free(key);
	}
	if (node->unit)
		return object;
	paths = json_object_new_array();
	for (i = 0; i < node->npaths; i++)
		json_object_array_add(paths, json_node(&node->paths[i], options));
	json_object_object_add(object, "paths", paths);
	return object;
}

/* Takes the list over. */
void print_document(const char *key, struct json_object *list)
{
	struct json_object *top = json_object_new_object();

	json_object_object_add(top, "version", json_object_new_int(JSON_VERSION));
	json_object_object_add(top, key, list);
	puts(json_object_to_json_string_ext(top, JSON_C_TO_STRING_PRETTY |
					    JSON_C_TO_STRING_SPACED |
					    JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(top);
}

int print_json(const struct node **units, const struct options *options)
{
	struct json_object *list = json_object_new_array();

	for (; *units; units++)
		json_object_array_add(list, json_node(*units, options));
	print_document("units", list);
	return 0;
}

static void print_node(const struct node *node, const struct options *options)
{
	const struct column *const *column;
	const char *indent = node->unit ? "    " : "";
	char *value;
	size_t i;

	for (column = options->columns; *column; column++) {
		value = cell(*column, node, options);
		if (value)
			printf("%s%-20s %s\n", indent, (*column)->name, value);
		free(value);
	}
	for (i = 0; i < node->npaths; i++) {
		putchar('\n');
		print_node(&node->paths[i], options);
	}
}

/* Everything of a node in a block of lines, its paths behind it. */
int print_sheet(const struct node **units, const struct options *options)
{
	for (; *units; units++) {
		print_node(*units, options);
		if (units[1])
			putchar('\n');
	}
	return 0;
}
