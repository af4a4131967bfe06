// SPDX-License-Identifier: GPL-2.0
/* Options, and the table of verbs. */
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

static const struct verb {
	const char	*name;
	const char	*args;
	const char	*help;
	int		(*run)(int argc, char **argv, struct options *options);
} verbs[] = {
	{ "list", "[DISK...]", "units and their paths; also without a verb", verb_list },
	{ "show", "[DISK...]", "everything of them", verb_show },
	{ "policy", "DISK [POLICY]", "print or set how a path is chosen", verb_policy },
	{ "set", "DISK [NAME=VALUE...]", "print settings of a unit or change them, all or none",
	  verb_set },
	{ "top", "[DISK...]", "what they do in a second, again and again", verb_top },
	{ "events", "[DISK...]", "what happens to them, as it happens", verb_events },
	{ "stats", "[FILE]", "all numbers, as OpenMetrics text", verb_stats },
	{ "doctor", "", "what is wrong or fragile, and what to do; status 1 if something is",
	  verb_doctor },
	{ "import", "[FILE]", "explain dm-multipath's configuration line by line, or\n"
	  "                                write what it becomes", verb_import },
	{ "udev", "DISK", "what udev's rules ask of a unit", verb_udev },
	{ "path", "STATE PATH...", "in-service, standby, or out-of-service, which waits until\n"
	  "                                the path has no I/O left", verb_path },
	{ "release", "DISK...", "give the disks of a unit back, if nothing has it open",
	  verb_release },
	{ "adopt", "DISK...", "make a unit of disks that were released or left alone",
	  verb_adopt },
	{ "flush", "[DISK...]", "end units that have no path left and wait for one", verb_flush },
	{ "reset", "PATH...", "set a path's counters to 0, and end its probation", verb_reset },
};

/* Seconds between two looks. */
#define MIN_DELAY	0.1
#define MAX_DELAY	86400.0

enum { OPTION_SYSROOT = 256, OPTION_PERSIST, OPTION_WRITE };

static const struct option long_options[] = {
	{ "bytes", no_argument, NULL, 'b' },
	{ "count", required_argument, NULL, 'c' },
	{ "delay", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, 'J' },
	{ "noheadings", no_argument, NULL, 'n' },
	{ "output", required_argument, NULL, 'o' },
	{ "parsable", no_argument, NULL, 'p' },
	{ "persist", optional_argument, NULL, OPTION_PERSIST },
	{ "sysroot", required_argument, NULL, OPTION_SYSROOT },
	{ "version", no_argument, NULL, 'V' },
	{ "write", no_argument, NULL, OPTION_WRITE },
	{ }
};

void complain(const char *fmt, ...)
{
	va_list args;

	fputs("mpathctl: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
}

/* What the kernel, or a file, has refused. */
void complain_of(const char *what, int error)
{
	bool forbidden = error == -EACCES || error == -EPERM;

	complain("%s: %s%s", what, strerror(-error), forbidden ? "; are you root?" : "");
}

void *have_memory(void *p)
{
	if (p)
		return p;
	complain("no memory");
	exit(EXIT_FAILED);
}

void *allocate(size_t size)
{
	return have_memory(calloc(1, size ? size : 1));
}

char *format(const char *fmt, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	return have_memory(len < 0 ? NULL : text);
}

static void print_help(void)
{
	size_t i;

	puts("usage: mpathctl [OPTION...] [VERB] [ARGUMENT...]\n"
	     "Multipathed disks of the kernel, SCSI and NVMe, and the paths to them.\n");
	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		printf("  %-8s%-20s  %s\n", verbs[i].name, verbs[i].args, verbs[i].help);
	puts("\nA disk is named by its name (mpatha, /dev/mpatha), by that of one of its paths\n"
	     "(sda, 2:0:0:0), or by its identifier.\n\n"
	     "  -J, --json            JSON, its layout is in mpathctl(8)\n"
	     "  -o, --output COLUMNS  which columns, with commas between\n"
	     "  -b, --bytes           sizes in bytes\n"
	     "  -n, --noheadings      no headings\n"
	     "  -p, --parsable        a line for each disk, no tree, blanks as \\x20\n"
	     "  -d, --delay SECONDS   top, events: time between two looks (1)\n"
	     "  -c, --count N         top, events: end after so many\n"
	     "      --persist         set: also whenever the unit comes back; NAME= ends that\n"
	     "      --persist=model   set: for all units of its vendor and model\n"
	     "      --write           import: write the settings, too\n"
	     "      --sysroot DIR     read DIR/sys in place of /sys\n"
	     "  -h, --help            this text\n"
	     "  -V, --version         version\n\n"
	     "Columns:");
	for (i = 0; i < ncolumns; i++)
		printf("  %-21s%s\n", columns[i].name, columns[i].help);
}

static int parse_count(const char *word, unsigned long *count)
{
	long long number;

	if (!is_number(word, &number) || number < 1) {
		complain("'%s' is no count: a number from 1", word);
		return -1;
	}
	*count = number;
	return 0;
}

static int parse_delay(const char *word, double *secs)
{
	char *end;

	*secs = strtod(word, &end);
	if (*end || !(*secs >= MIN_DELAY && *secs <= MAX_DELAY)) {
		complain("'%s' is no delay: %g to %g seconds", word, MIN_DELAY, MAX_DELAY);
		return -1;
	}
	return 0;
}

static int parse_keep(const char *word, enum keep *keep)
{
	if (!word || !strcmp(word, "unit")) {
		*keep = KEEP_UNIT;
	} else if (!strcmp(word, "model")) {
		*keep = KEEP_MODEL;
	} else {
		complain("'%s': settings persist for a unit or a model", word);
		return -1;
	}
	return 0;
}

/* Returns what to end with, or -1 to go on. */
static int parse_options(int argc, char **argv, struct options *options)
{
	int c;

	sysfs_use_root("");
	while ((c = getopt_long(argc, argv, "bc:d:hJno:pV", long_options, NULL)) != -1) {
		switch (c) {
		case 'b':
			options->bytes = true;
			break;
		case 'c':
			if (parse_count(optarg, &options->count))
				return EXIT_USAGE;
			break;
		case 'd':
			if (parse_delay(optarg, &options->delay))
				return EXIT_USAGE;
			break;
		case 'J':
			options->json = true;
			break;
		case 'n':
			options->headings = false;
			break;
		case 'o':
			if (choose_columns(optarg, options->columns))
				return EXIT_USAGE;
			break;
		case 'p':
			options->parsable = true;
			break;
		case OPTION_PERSIST:
			if (parse_keep(optarg, &options->keep))
				return EXIT_USAGE;
			break;
		case OPTION_WRITE:
			options->write = true;
			break;
		case OPTION_SYSROOT:
			sysfs_use_root(optarg);
			break;
		case 'h':
			print_help();
			return EXIT_OK;
		case 'V':
			puts("mpathctl " VERSION);
			return EXIT_OK;
		default:
			complain("'mpathctl --help' tells what it takes");
			return EXIT_USAGE;
		}
	}
	return -1;
}

static const struct verb *find_verb(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(verbs[i].name, word))
			return &verbs[i];
	return NULL;
}

/* What cannot be written, as to a full disk, is not done. */
static int flushed(int ret)
{
	if (!fflush(stdout) && !ferror(stdout))
		return ret;
	complain("cannot write what was to be printed");
	return EXIT_FAILED;
}

int main(int argc, char **argv)
{
	struct options options = { .headings = true, .delay = 1 };
	const struct verb *verb = &verbs[0];
	int ret;

	/* So that trees are drawn with what the terminal has. */
	setlocale(LC_CTYPE, "");
	ret = parse_options(argc, argv, &options);
	if (ret >= 0)
		return flushed(ret);
	argc -= optind;
	argv += optind;
	if (argc) {
		verb = find_verb(argv[0]);
		if (!verb) {
			complain("no verb '%s'; 'mpathctl --help' lists them", argv[0]);
			return EXIT_USAGE;
		}
		argc--;
		argv++;
	}
	return flushed(verb->run(argc, argv, &options));
}
