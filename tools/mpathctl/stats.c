// SPDX-License-Identifier: GPL-2.0
/*
 * mpathctl stats: all that columns tell, as OpenMetrics text. What Prometheus'
 * node_exporter reads from a file is an older form of it: only types that both
 * know are used.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

static void print_label(FILE *out, const char *key, const char *value)
{
	fprintf(out, "%s=\"", key);
	for (; *value; value++) {
		if (*value == '\\' || *value == '"')
			fputc('\\', out);
		fputc(*value, out);
	}
	fputc('"', out);
}

static void print_name(FILE *out, const struct node *node)
{
	print_label(out, "unit", node->unit ? node->unit->name : node->name);
	if (!node->unit)
		return;
	fputc(',', out);
	print_label(out, "path", node->name);
}

/* A word is a label, since what it changes to cannot be drawn as a number. */
static void print_sample(FILE *out, const char *family, const struct column *column,
			 const struct node *node)
{
	char *value = column_value(column, node), *key;
	long long number = 1;

	if (value && (column->type == WORD || is_number(value, &number))) {
		fprintf(out, "%s%s{", family, column->type == COUNTER ? "_total" : "");
		print_name(out, node);
		if (column->type == WORD) {
			key = column_key(column);
			fputc(',', out);
			print_label(out, key, value);
			free(key);
		}
		fprintf(out, "} %lld\n", number);
	}
	free(value);
}

/* What stays the same of a node, as labels. */
static void print_info(FILE *out, const char *family, const struct node *node)
{
	char *value, *key;
	size_t i;

	fprintf(out, "%s{", family);
	print_name(out, node);
	/* The first column is the name. */
	for (i = 1; i < ncolumns; i++) {
		value = columns[i].type == TEXT ? column_value(&columns[i], node) : NULL;
		if (!value)
			continue;
		key = column_key(&columns[i]);
		fputc(',', out);
		print_label(out, key, value);
		free(key);
		free(value);
	}
	fputs("} 1\n", out);
}

static char *family_name(const struct column *column, bool paths)
{
	const char *kind = paths ? "path" : "unit";
	char *key, *name;

	if (!column)
		return format("mpath_%s_info", kind);
	key = column_key(column);
	name = format("mpath_%s_%s%s", kind, key, column->type == BYTES ? "_bytes" : "");
	free(key);
	return name;
}

static char *family_samples(const char *family, struct node **nodes, size_t n,
			    const struct column *column, bool paths)
{
	char *samples;
	size_t len, i;
	FILE *text;

	text = have_memory(open_memstream(&samples, &len));
	for (i = 0; i < n; i++) {
		if (!nodes[i]->unit == paths)
			continue;
		if (column)
			print_sample(text, family, column, nodes[i]);
		else
			print_info(text, family, nodes[i]);
	}
	have_memory(fclose(text) ? NULL : samples);
	return samples;
}

/*
 * One column of all units or of all paths; without a column, what they are. A
 * family that has no samples is not there.
 */
static void print_family(FILE *out, struct node **nodes, size_t n,
			 const struct column *column, bool paths)
{
	const char *type = column && column->type == COUNTER ? "counter" : "gauge";
	const char *help = column ? column->help : "what does not change";
	char *family = family_name(column, paths);
	char *samples = family_samples(family, nodes, n, column, paths);

	if (*samples)
		fprintf(out, "# TYPE %s %s\n# HELP %s %s\n%s", family, type, family, help,
			samples);
	free(samples);
	free(family);
}

static void print_stats(FILE *out)
{
	struct node **nodes;
	struct san san;
	size_t n, i;
	int paths;

	find_units(&san);
	n = san_nodes(&san, &nodes);
	for (paths = 0; paths < 2; paths++) {
		print_family(out, nodes, n, NULL, paths);
		for (i = 0; i < ncolumns; i++)
			if (columns[i].type != TEXT && !columns[i].live)
				print_family(out, nodes, n, &columns[i], paths);
	}
	fputs("# EOF\n", out);
	free(nodes);
	forget_units(&san);
}

static int write_stats(const char *name)
{
	struct new_file new;

	if (begin_file(&new, name))
		return EXIT_FAILED;
	print_stats(new.stream);
	return seal_file(&new) || place_file(&new) ? EXIT_FAILED : EXIT_OK;
}

int verb_stats(int argc, char **argv, struct options *options)
{
	(void)options;
	if (argc > 1) {
		complain("stats: into which one file?");
		return EXIT_USAGE;
	}
	if (argc)
		return write_stats(argv[0]);
	print_stats(stdout);
	return EXIT_OK;
}
