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
#include <stdio.h>
#include <sys/types.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Counts up when a key of the JSON output changes its meaning or goes. */
#define JSON_VERSION	1

/* What mpathctl ends with. */
enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

/* What persists. The rules come behind 58-mpath.rules, which ask for vendor and model. */
#define OPTIONS_FILE	"etc/modprobe.d/scsi_mpath.conf"
#define RULES_DIR	"etc/udev/rules.d"
#define RULES_FILE	RULES_DIR "/59-mpath-settings.rules"

/* mpathctl.c: words for people */
[[gnu::format(printf, 1, 2)]] void complain(const char *fmt, ...);
void complain_of(const char *what, int error);
[[gnu::format(printf, 1, 2)]] char *format(const char *fmt, ...);
void *allocate(size_t size);
void *have_memory(void *p);

/* sysfs.c: files below --sysroot; DIR is relative to /sys */
void sysfs_use_root(const char *root);
char *below_root(const char *file);
char *sysfs_read(const char *dir, const char *file);
int sysfs_write(const char *dir, const char *file, const char *value);
bool sysfs_has(const char *dir, const char *file);
bool sysfs_is(const char *dir, const char *file, const char *word);
char *sysfs_resolve(const char *dir);
char **sysfs_list(const char *dir);
void free_list(char **list);

/**
 * struct new_file - one that is to take another's place
 * @stream: into which it is printed
 * @name: what it is going to be called
 * @draft: what it is called now
 */
struct new_file {
	FILE	*stream;
	char	*name;
	char	*draft;
};

/* file.c */
int begin_file(struct new_file *new, const char *name);
int seal_file(struct new_file *new);
int place_file(struct new_file *new);
int drop_file(struct new_file *new);

enum kind { UNIT, SCSI_PATH, NVME_PATH };

/**
 * struct io - what a disk has done, or does in a second
 * @reads: how many have completed
 * @writes: how many have completed
 * @read_sectors: of 512 bytes
 * @written_sectors: of 512 bytes
 * @ms: how long all of them took together
 */
struct io {
	double	reads;
	double	writes;
	double	read_sectors;
	double	written_sectors;
	double	ms;
};

/**
 * struct node - a unit, which is a multipathed disk, or one of its paths
 * @kind: which of them
 * @name: of the disk: mpatha, nvme0n1; sda, nvme0c0n1
 * @dir: of the disk, below /sys
 * @unit: of a path, else NULL
 * @paths: of a unit
 * @npaths: how many they are
 * @rate: what it does in a second, for columns of "mpathctl top", else NULL
 */
struct node {
	enum kind	kind;
	char		*name;
	char		*dir;
	struct node	*unit;
	struct node	*paths;
	size_t		npaths;
	struct io	*rate;
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
const char *unit_name(const struct node *node);
size_t san_nodes(const struct san *san, struct node ***nodes);
ssize_t find_again(struct node **nodes, size_t n, const struct node *node, size_t guess);
struct node *find_unit(struct san *san, const char *word);
struct node *find_path(struct san *san, const char *word);

/* address.c */
char *path_hctl(const struct node *path);
char *path_address(const struct node *path);
char *path_adapter(const struct node *path);
char *connection_dir(const struct node *path);
char *remote_port_dir(const struct node *path);

/**
 * struct column - something that can be said of a unit or a path
 * @name: its heading
 * @help: what it is
 * @type: TEXT stays what it is, a WORD changes with what happens, a COUNTER
 *	goes up only; NUMBER and BYTES are numbers
 * @live: only "mpathctl top" knows it
 * @file: the file that says it, for each kind of node; NULL: nothing does
 * @value: in place of a file
 */
struct column {
	const char	*name;
	const char	*help;
	enum { TEXT, WORD, NUMBER, COUNTER, BYTES } type;
	bool		live;
	const char	*file[3];
	char		*(*value)(const struct node *node);
};

/* column.c */
#define MAX_COLUMNS	64
extern const struct column columns[];
extern const size_t ncolumns;
char *column_value(const struct column *column, const struct node *node);
char *column_key(const struct column *column);
bool is_number(const char *value, long long *number);
const struct column *find_column(const char *word, size_t len);
int choose_columns(const char *list, const struct column **chosen);

/**
 * struct subject - what is examined: the machine, a disk, a unit or a path
 * @san: all units
 * @node: the unit or path, else NULL
 * @disk: the name of a SCSI disk that is no path, else NULL
 */
struct subject {
	const struct san	*san;
	const struct node	*node;
	const char		*disk;
};

enum scope { OF_MACHINE, OF_DISK, OF_UNIT, OF_PATH };

/**
 * struct check - something that can be wrong
 * @name: what it is called where programs read it
 * @of: what it is a matter of
 * @problem: it is wrong now; else it is a risk
 * @advice: what to do, with a % where the name of the disk belongs
 * @find: says what is wrong, or returns NULL
 */
struct check {
	const char	*name;
	enum scope	of;
	bool		problem;
	const char	*advice;
	char		*(*find)(const struct subject *subject);
};

/* checks.c */
extern const struct check checks[];
extern const size_t nchecks;

/* For whom a setting is kept. */
enum keep { KEEP_NOT, KEEP_UNIT, KEEP_MODEL };

/**
 * struct kept - a setting that a unit finds again
 * @file: of the unit
 * @value: what udev writes there; empty: nothing any more
 */
struct kept {
	const char	*file;
	const char	*value;
};

/**
 * struct rule - one of udev's that assigns a value
 * @begin: what it begins with, up to the assignment; there is one rule of each
 * @value: what is assigned; empty: the rule is to go
 */
struct rule {
	char	*begin;
	char	*value;
};

/* keep.c */
char *udev_pattern(char *text);
char *rule_for_unit(const char *id, const char *file);
char *rule_for_model(const char *vendor, const char *model, const char *file);
int write_rules(const struct rule *rules, size_t n);
void free_rules(struct rule *rules, size_t n);
char *kept_value(const struct node *unit, enum keep keep, const char *file);
int keep_settings(const struct node *unit, enum keep keep, const struct kept *kept, size_t n);

/* udev.c */
char *udev_name(char *value);

/**
 * struct options - what all verbs that print take
 * @json: print JSON
 * @parsable: print one line for each node, with no tree and nothing cut off
 * @headings: print them
 * @bytes: sizes in bytes
 * @keep: for whom what is set is kept
 * @write: import is to write what it explains
 * @delay: seconds between two looks
 * @count: how much is printed before the end; 0: no end
 * @columns: the chosen ones, up to a NULL; none: the verb's own
 */
struct options {
	bool			json;
	bool			parsable;
	bool			headings;
	bool			bytes;
	enum keep		keep;
	bool			write;
	double			delay;
	unsigned long		count;
	const struct column	*columns[MAX_COLUMNS + 1];
};

/* list.c */
const struct node **choose_units(struct san *san, int argc, char **argv);
void complain_of_none(const struct san *san);
void use_columns(struct options *options, const char *list);

struct json_object;

/* output.c */
void print_document(const char *key, struct json_object *list);
int print_table(const struct node **units, const struct options *options);
int print_json(const struct node **units, const struct options *options);
int print_sheet(const struct node **units, const struct options *options);

/**
 * struct conf - a line, or a section, of dm-multipath's configuration
 * @word: the keyword, or the name of the section
 * @value: NULL: this is a section
 * @line: where it stands, from 1
 * @inside: what is in the section
 * @n: how much that is
 */
struct conf {
	char		*word;
	char		*value;
	unsigned int	line;
	struct conf	*inside;
	size_t		n;
};

/* conf.c */
int read_conf(const char *file, struct conf *conf);
void forget_conf(struct conf *conf);
const char *conf_value(const struct conf *section, const char *word);

/* What becomes of a keyword. */
enum fate { BECOMES, NEEDLESS, UNSUPPORTED, UNKNOWN };

/* NAME=VALUE, of all units or some; of all only; a link to a unit; a rule for other devices */
enum form { SETTING, PARAMETER, LINK, RULE };

/**
 * struct verdict - what becomes of one line
 * @fate: which it is
 * @reason: why it becomes nothing; NULL if it does
 * @form: of what it becomes
 * @name: of the setting or parameter; or what the rule begins with, up to "="
 * @value: what is set or assigned
 */
struct verdict {
	enum fate	fate;
	const char	*reason;
	enum form	form;
	char		*name;
	char		*value;
};

/* keyword.c */
struct verdict verdict(enum fate fate, const char *reason);
struct verdict becoming(enum form form, char *name, char *value);
struct verdict judge_setting(const struct conf *line, const struct conf *section,
			     const struct conf *defaults);
struct verdict judge_exclusion(const struct conf *line, const struct conf *section);
char *id_of_wwid(const char *wwid);

/**
 * struct plan - what import writes
 * @parameters: of the module
 * @nparameters: how many they are
 * @rules: of udev's
 * @nrules: how many they are
 */
struct plan {
	struct rule	*parameters;
	size_t		nparameters;
	struct rule	*rules;
	size_t		nrules;
};

/* plan.c */
void plan_parameter(struct plan *plan, const char *name, const char *value);
void plan_rule(struct plan *plan, const char *begin, const char *value);
int write_plan(const struct plan *plan);
void forget_plan(struct plan *plan);

/* set.c */
const char *setting_file(const char *name);

/* exclude.c */
char *glob_of_regex(const char *regex);

/* One file each. They return what mpathctl ends with. */
int verb_list(int argc, char **argv, struct options *options);
int verb_show(int argc, char **argv, struct options *options);
int verb_policy(int argc, char **argv, struct options *options);
int verb_set(int argc, char **argv, struct options *options);
int verb_path(int argc, char **argv, struct options *options);
int verb_reset(int argc, char **argv, struct options *options);
int verb_top(int argc, char **argv, struct options *options);
int verb_events(int argc, char **argv, struct options *options);
int verb_stats(int argc, char **argv, struct options *options);
int verb_doctor(int argc, char **argv, struct options *options);
int verb_adopt(int argc, char **argv, struct options *options);
int verb_release(int argc, char **argv, struct options *options);
int verb_flush(int argc, char **argv, struct options *options);
int verb_udev(int argc, char **argv, struct options *options);
int verb_import(int argc, char **argv, struct options *options);

#endif
