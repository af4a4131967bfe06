// SPDX-License-Identifier: GPL-2.0
/*
 * Settings that units find again: one rule of udev's for each, by which udev
 * writes it to the unit when that is added. The rules are the only record, and
 * an admin may write others into the file.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "mpathctl.h"

/* Not when something happens to the unit: what an admin sets outlives that. */
#define ADDED		"ACTION==\"add\", SUBSYSTEM==\"block\", ENV{DEVTYPE}==\"disk\", "

/* What begins a rule for one unit. */
#define FOR_UNIT	ADDED "ATTR{vpd_id}=="

static const char *const titles[] = {
	"# Settings of multipathed disks, written by mpathctl. What it did not write stays.",
	"# Those of a unit come last, and so win against those of its model.",
};

/* Does sysfs_read() say here what it found no letter for? */
static bool is_escape(const char *at)
{
	return at[0] == '\\' && at[1] == 'x' && isxdigit((unsigned char)at[2]) &&
	       isxdigit((unsigned char)at[3]);
}

/*
 * Make it a pattern of udev's that matches nothing shorter or longer. What has a
 * meaning there may be any character.
 */
char *udev_pattern(char *text)
{
	char *from, *to = text;

	for (from = text; *from; from++, to++) {
		*to = *from;
		if (is_escape(from)) {
			*to = '?';
			from += 3;
		} else if (!isalnum((unsigned char)*from) && !strchr("._:-+=@/#", *from)) {
			*to = '?';
		}
	}
	*to = 0;
	return text;
}

char *rule_for_unit(const char *id, const char *file)
{
	char *match = udev_pattern(format("%s", id));
	char *rule = format(FOR_UNIT "\"%s\", ATTR{%s}=", match, file);

	free(match);
	return rule;
}

char *rule_for_model(const char *vendor, const char *model, const char *file)
{
	return format(ADDED "ENV{ID_VENDOR}==\"%s\", ENV{ID_MODEL}==\"%s\", ATTR{%s}=",
		      vendor, model, file);
}

static char *rule_for_model_of(const struct node *path, const char *file)
{
	char *vendor = udev_name(sysfs_read(path->dir, "device/vendor"));
	char *model = udev_name(sysfs_read(path->dir, "device/model"));
	char *rule = NULL;

	if (vendor && model && *vendor && *model)
		rule = rule_for_model(udev_pattern(vendor), udev_pattern(model), file);
	free(vendor);
	free(model);
	return rule;
}

/* NULL: nothing is known by which the unit could be found again. */
static char *rule_of(const struct node *unit, enum keep keep, const char *file)
{
	char *id, *rule = NULL;

	if (keep == KEEP_MODEL)
		return unit->npaths ? rule_for_model_of(&unit->paths[0], file) : NULL;
	id = sysfs_read(unit->dir, "vpd_id");
	if (id && *id)
		rule = rule_for_unit(id, file);
	free(id);
	return rule;
}

static bool starts(const char *line, const char *with)
{
	return !strncmp(line, with, strlen(with));
}

/* Lines of the file, none if it is not there, up to a NULL. NULL: it cannot be read. */
static char **read_rules(void)
{
	char *name = below_root(RULES_FILE), *line = NULL;
	FILE *file = fopen(name, "re");
	char **lines = allocate(sizeof(*lines));
	size_t n = 0, size = 0;
	ssize_t len;
	bool bad;

	while (file && (len = getline(&line, &size, file)) >= 0) {
		if (len && line[len - 1] == '\n')
			line[len - 1] = 0;
		lines[n++] = format("%s", line);
		lines = have_memory(realloc(lines, (n + 1) * sizeof(*lines)));
		lines[n] = NULL;
	}
	free(line);
	bad = file ? ferror(file) : errno != ENOENT;
	if (file)
		fclose(file);
	if (bad) {
		complain("%s cannot be read: %s", name, strerror(errno));
		free_list(lines);
		lines = NULL;
	}
	free(name);
	return lines;
}

/* The value that a unit finds, or its model does; NULL: none. */
char *kept_value(const struct node *unit, enum keep keep, const char *file)
{
	char *rule = rule_of(unit, keep, file);
	char **lines = rule ? read_rules() : NULL, **line;
	char *value = NULL, *at;

	for (line = lines; line && *line; line++) {
		if (!starts(*line, rule))
			continue;
		at = *line + strlen(rule);
		if (*at++ != '"')
			continue;
		free(value);
		value = format("%.*s", (int)strcspn(at, "\""), at);
	}
	if (lines)
		free_list(lines);
	free(rule);
	return value;
}

static bool is_replaced(const char *line, const struct rule *rules, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (starts(line, rules[i].begin))
			return true;
	return false;
}

/* Those that are for one unit, or all others; old ones, then new ones. */
static void print_rules(FILE *file, char *const *lines, const struct rule *rules,
			size_t n, bool of_units)
{
	char *const *line;
	size_t i;

	for (line = lines; *line; line++)
		if (starts(*line, FOR_UNIT) == of_units && !is_replaced(*line, rules, n))
			fprintf(file, "%s\n", *line);
	for (i = 0; i < n; i++)
		if (*rules[i].value && starts(rules[i].begin, FOR_UNIT) == of_units)
			fprintf(file, "%s\"%s\"\n", rules[i].begin, rules[i].value);
}

static void print_file(FILE *file, char *const *lines, const struct rule *rules, size_t n)
{
	size_t i;

	for (i = 0; !*lines && i < ARRAY_SIZE(titles); i++)
		fprintf(file, "%s\n", titles[i]);
	print_rules(file, lines, rules, n, false);
	print_rules(file, lines, rules, n, true);
}

/* Put in the place of the old file when it is whole, and on the disk. */
static int write_file(char *const *lines, const struct rule *rules, size_t n)
{
	char *name = below_root(RULES_FILE);
	int ret = -1;
	struct new_file new;

	if (!begin_file(&new, name)) {
		print_file(new.stream, lines, rules, n);
		if (!seal_file(&new))
			ret = place_file(&new);
	}
	free(name);
	return ret;
}

/* One at a time: who comes second is to read what the first has written. */
static int lock_rules(void)
{
	char *name = below_root(RULES_DIR);
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		complain("%s: %s", name, strerror(errno));
	else
		flock(fd, LOCK_EX);
	free(name);
	return fd;
}

/* An empty value takes the rule away. All of them or none; it complains if it is none. */
int write_rules(const struct rule *rules, size_t n)
{
	int lock = lock_rules(), ret = -1;
	char **lines = lock < 0 ? NULL : read_rules();

	if (lines) {
		ret = write_file(lines, rules, n);
		free_list(lines);
	}
	if (lock >= 0)
		close(lock);
	return ret;
}

static bool is_plain(const char *value)
{
	return !value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_-")];
}

static int make_rule(struct rule *rule, const struct node *unit, enum keep keep,
		     const struct kept *kept)
{
	rule->begin = rule_of(unit, keep, kept->file);
	rule->value = format("%s", kept->value);
	if (!rule->begin)
		complain("%s: has no %s by which to know it again", unit->name,
			 keep == KEEP_UNIT ? "SCSI identifier" : "SCSI vendor and model");
	else if (!is_plain(kept->value))
		complain("'%s' is no value for a file", kept->value);
	else
		return 0;
	return -1;
}

void free_rules(struct rule *rules, size_t n)
{
	while (n--) {
		free(rules[n].begin);
		free(rules[n].value);
	}
	free(rules);
}

/*
 * Keep N settings for a unit, or for all of its model. An empty value is one that
 * is kept no more. All of them or none; it complains if it is none.
 */
int keep_settings(const struct node *unit, enum keep keep, const struct kept *kept, size_t n)
{
	struct rule *rules = allocate(n * sizeof(*rules));
	int ret = 0;
	size_t i;

	for (i = 0; i < n && !ret; i++)
		ret = make_rule(&rules[i], unit, keep, &kept[i]);
	if (!ret)
		ret = write_rules(rules, n);
	free_rules(rules, n);
	return ret;
}
