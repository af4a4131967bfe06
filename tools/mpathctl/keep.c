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

/* Behind 58-mpath.rules, which asks for vendor and model. */
#define RULES_DIR	"etc/udev/rules.d"
#define RULES_FILE	RULES_DIR "/59-mpath-settings.rules"

#define ADDED		"ACTION==\"add\", SUBSYSTEM==\"block\", ENV{DEVTYPE}==\"disk\", "

/* What begins a rule of mine, for one unit and for all of a model. */
static const char *const begins[] = {
	[KEEP_UNIT] = ADDED "ATTR{vpd_id}==\"",
	[KEEP_MODEL] = ADDED "ENV{ID_VENDOR}==\"",
};

static const char *const titles[] = {
	"# Settings of multipathed disks, written by \"mpathctl set --persist\".",
	"# Those of a unit come last, and so win against those of its model.",
};

/*
 * As a pattern of udev's that matches nothing shorter or longer. What has a
 * meaning there, or what sysfs_read() had to put in other words, may be any
 * character. Frees the text.
 */
static char *pattern(char *text)
{
	char *from, *to = text;

	for (from = text; *from; from++, to++) {
		*to = *from;
		if (from[0] == '\\' && from[1] == 'x') {
			*to = '?';
			from += 3;
		} else if (!isalnum((unsigned char)*from) && !strchr("._:-+=@/#", *from)) {
			*to = '?';
		}
	}
	*to = 0;
	return text;
}

/*
 * The first half of a rule: for which disks. NULL: nothing is known by which
 * the unit could be found again.
 */
static char *whose(const struct node *unit, enum keep keep)
{
	char *id = NULL, *vendor = NULL, *model = NULL, *match = NULL;

	if (keep == KEEP_UNIT) {
		id = sysfs_read(unit->dir, "vpd_id");
	} else if (unit->npaths) {
		vendor = udev_name(sysfs_read(unit->paths[0].dir, "device/vendor"));
		model = udev_name(sysfs_read(unit->paths[0].dir, "device/model"));
	}
	if (id && *id)
		match = format("%s%s\"", begins[keep], pattern(id));
	else if (vendor && model && *vendor && *model)
		match = format("%s%s\", ENV{ID_MODEL}==\"%s\"", begins[keep],
			       pattern(vendor), pattern(model));
	free(id);
	free(vendor);
	free(model);
	return match;
}

/* A rule up to where the value begins. */
static char *rule_of(const struct node *unit, enum keep keep, const char *file)
{
	char *match = whose(unit, keep), *rule = NULL;

	if (match)
		rule = format("%s, ATTR{%s}=\"", match, file);
	free(match);
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
	char *value = NULL;

	for (line = lines; line && *line; line++) {
		if (!starts(*line, rule))
			continue;
		free(value);
		value = format("%.*s", (int)strcspn(*line + strlen(rule), "\""),
			       *line + strlen(rule));
	}
	if (lines)
		free_list(lines);
	free(rule);
	return value;
}

static bool is_replaced(const char *line, char *const *rules, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (starts(line, rules[i]))
			return true;
	return false;
}

/* Those rules that are for one unit, or all other lines. */
static void print_lines(FILE *file, char *const *lines, bool of_units,
			char *const *rules, size_t n)
{
	char *const *line;

	for (line = lines; *line; line++)
		if (starts(*line, begins[KEEP_UNIT]) == of_units &&
		    !is_replaced(*line, rules, n))
			fprintf(file, "%s\n", *line);
}

static void print_rules(FILE *file, char *const *rules, const struct kept *kept, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (*kept[i].value)
			fprintf(file, "%s%s\"\n", rules[i], kept[i].value);
}

static void print_file(FILE *file, char *const *lines, enum keep keep,
		       char *const *rules, const struct kept *kept, size_t n)
{
	size_t i;

	for (i = 0; !*lines && i < ARRAY_SIZE(titles); i++)
		fprintf(file, "%s\n", titles[i]);
	print_lines(file, lines, false, rules, n);
	if (keep == KEEP_MODEL)
		print_rules(file, rules, kept, n);
	print_lines(file, lines, true, rules, n);
	if (keep == KEEP_UNIT)
		print_rules(file, rules, kept, n);
}

/* Put in the place of the old file when it is whole, and on the disk. */
static int write_file(char *const *lines, enum keep keep, char *const *rules,
		      const struct kept *kept, size_t n)
{
	char *name = below_root(RULES_FILE), *new = format("%s.new", name);
	FILE *file = fopen(new, "we");
	int ret = file ? 0 : -errno;

	if (file) {
		print_file(file, lines, keep, rules, kept, n);
		if (fflush(file) || ferror(file) || fsync(fileno(file)))
			ret = -errno ?: -EIO;
		fclose(file);
		if (!ret && rename(new, name))
			ret = -errno;
		if (ret)
			unlink(new);
	}
	if (ret)
		complain("%s cannot be written: %s", name, strerror(-ret));
	free(new);
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

static int rewrite(enum keep keep, char *const *rules, const struct kept *kept, size_t n)
{
	int lock = lock_rules(), ret = -1;
	char **lines = lock < 0 ? NULL : read_rules();

	if (lines) {
		ret = write_file(lines, keep, rules, kept, n);
		free_list(lines);
	}
	if (lock >= 0)
		close(lock);
	return ret;
}

static bool is_plain(const char *value)
{
	return value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == 0;
}

/*
 * Keep N settings for a unit, or for all of its model. An empty value is one that
 * is kept no more. All of them or none; it complains if it is none.
 */
int keep_settings(const struct node *unit, enum keep keep, const struct kept *kept, size_t n)
{
	char **rules = allocate((n + 1) * sizeof(*rules));
	int ret = -1;
	size_t i;

	for (i = 0; i < n; i++) {
		rules[i] = rule_of(unit, keep, kept[i].file);
		if (!rules[i]) {
			complain("%s: has no %s by which to know it again", unit->name,
				 keep == KEEP_UNIT ? "SCSI identifier" : "SCSI vendor and model");
			goto out;
		}
		if (!is_plain(kept[i].value)) {
			complain("'%s' is no value for a file", kept[i].value);
			goto out;
		}
	}
	ret = rewrite(keep, rules, kept, n);
out:
	free_list(rules);
	return ret;
}
