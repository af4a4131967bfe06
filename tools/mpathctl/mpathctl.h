/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mpathctl: what the kernel's multipath disks are, and what an admin wants of
 * them. Everything is read from sysfs when it is printed, and written there;
 * nothing is kept, and there is no daemon.
 */
#ifndef _MPATHCTL_H
#define _MPATHCTL_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* What mpathctl ends with. */
enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

/* mpathctl.c: words for people */
[[gnu::format(printf, 1, 2)]] void complain(const char *fmt, ...);
[[gnu::format(printf, 1, 2)]] char *format(const char *fmt, ...);
void *allocate(size_t size);

/* sysfs.c: files below --sysroot; DIR is relative to /sys */
void sysfs_use_root(const char *root);
char *sysfs_read(const char *dir, const char *file);
int sysfs_write(const char *dir, const char *file, const char *value);
bool sysfs_has(const char *dir, const char *file);
char *sysfs_resolve(const char *dir);
char **sysfs_list(const char *dir);
void free_list(char **list);

enum kind { UNIT, SCSI_PATH, NVME_PATH };

/**
 * struct node - a unit, which is a multipathed disk, or one of its paths
 * @kind: which of them
 * @name: of the disk: mpatha, nvme0n1; sda, nvme0c0n1
 * @dir: of the disk, below /sys
 * @unit: of a path, else NULL
 * @paths: of a unit
 * @npaths: how many they are
 */
struct node {
	enum kind	kind;
	char		*name;
	char		*dir;
	struct node	*unit;
	struct node	*paths;
	size_t		npaths;
};

/**
 * struct san - all units that there are
 * @units: in the order of their names
 * @nunits: how many they are
 */
struct san {
	struct node	*units;
	size_t		nunits;
};

/* node.c */
void find_units(struct san *san);
void forget_units(struct san *san);
struct node *find_unit(struct san *san, const char *word);
struct node *find_path(struct san *san, const char *word);

/* address.c */
char *path_hctl(const struct node *path);
char *path_address(const struct node *path);

/**
 * struct column - something that can be said of a unit or a path
 * @name: its heading
 * @help: what it is
 * @type: how it is printed
 * @file: the file that says it, for each kind of node; NULL: nothing does
 * @value: in place of a file
 */
struct column {
	const char	*name;
	const char	*help;
	enum { TEXT, NUMBER, BYTES } type;
	const char	*file[3];
	char		*(*value)(const struct node *node);
};

/* column.c */
#define MAX_COLUMNS	64
extern const struct column columns[];
extern const size_t ncolumns;
char *column_value(const struct column *column, const struct node *node);
int choose_columns(const char *list, const struct column **chosen);

/**
 * struct options - what all verbs that print take
 * @json: print JSON
 * @parsable: print one line for each node, with no tree and nothing cut off
 * @headings: print them
 * @bytes: sizes in bytes
 * @columns: the chosen ones, up to a NULL; none: the verb's own
 */
struct options {
	bool			json;
	bool			parsable;
	bool			headings;
	bool			bytes;
	const struct column	*columns[MAX_COLUMNS + 1];
};

/* output.c */
int print_table(const struct node **units, const struct options *options);
int print_json(const struct node **units, const struct options *options);
int print_sheet(const struct node **units, const struct options *options);

/* One file each. They return what mpathctl ends with. */
int verb_list(int argc, char **argv, struct options *options);
int verb_show(int argc, char **argv, struct options *options);
int verb_policy(int argc, char **argv, struct options *options);
int verb_set(int argc, char **argv, struct options *options);
int verb_path(int argc, char **argv, struct options *options);

#endif
