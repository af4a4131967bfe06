// SPDX-License-Identifier: GPL-2.0
/*
 * The table of Documentation/health.md is what judge.c says of every end that a
 * command can have.
 */
#include <ctype.h>

#include "unit.h"

#include "judge.h"

#define ANY		(-1)
#define MAX_LINES	64
#define TABLE		"| host | status | sense | "

/* A line of the document */
struct said {
	int host;
	int status;
	int sense[3];
	enum scsi_mpath_verdict verdict;
	bool used;
};

static struct said table[MAX_LINES];
static size_t nr_lines;

static const char * const words[] = {
	[VERDICT_CALLER] = "caller",
	[VERDICT_OTHER] = "each path once",
	[VERDICT_REQUEUE] = "another path",
	[VERDICT_FAILOVER] = "path is suspect",
};

/* Takes the next cell off *@line, without the blanks around it. */
static char *next_cell(char **line)
{
	char *cell = strsep(line, "|");
	size_t len;

	check(*line, "a line without five cells");
	while (isspace(*cell))
		cell++;
	for (len = strlen(cell); len && isspace(cell[len - 1]); len--)
		cell[len - 1] = '\0';
	return cell;
}

static int read_byte(const char *text)
{
	char *end;
	long value;

	if (!strcmp(text, "any"))
		return ANY;
	value = strtol(text, &end, 16);
	check(*text && !*end && value >= 0 && value <= 0xff, "not a byte: '%s'", text);
	return value;
}

/* None, a key, a key and a code, or all three */
static void read_sense(char *text, int *sense)
{
	int i;

	for (i = 0; i < 3; i++)
		sense[i] = text && *text ? read_byte(strsep(&text, "/")) : ANY;
}

static enum scsi_mpath_verdict read_verdict(const char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(text, words[i]))
			return i;
	fail_msg("no verdict: '%s'", text);
	return 0;
}

static void read_line(char *line, struct said *said)
{
	next_cell(&line);
	said->host = read_byte(next_cell(&line));
	said->status = read_byte(next_cell(&line));
	read_sense(next_cell(&line), said->sense);
	next_cell(&line);
	said->verdict = read_verdict(next_cell(&line));
}

static int read_table(void **state)
{
	FILE *file = fopen("Documentation/health.md", "r");
	bool begun = false;
	char line[512];

	(void)state;
	if (!file)
		return -1;
	while (fgets(line, sizeof(line), file)) {
		if (!begun) {
			begun = !strncmp(line, TABLE, strlen(TABLE));
			continue;
		}
		if (line[0] != '|' || nr_lines == MAX_LINES)
			break;
		if (strncmp(line, "| --- ", 6))
			read_line(line, &table[nr_lines++]);
	}
	fclose(file);
	return nr_lines ? 0 : -1;
}

static bool fits(int said, u8 value)
{
	return said == ANY || said == value;
}

static enum scsi_mpath_verdict expected(const struct scsi_mpath_end *end)
{
	struct said *said;

	for (said = table; said < table + nr_lines; said++) {
		if (fits(said->host, end->host) && fits(said->status, end->status) &&
		    fits(said->sense[0], end->key) &&
		    fits(said->sense[1], end->asc) &&
		    fits(said->sense[2], end->ascq)) {
			said->used = true;
			return said->verdict;
		}
	}
	fail_msg("no line for host %02x status %02x sense %02x/%02x/%02x", end->host,
		 end->status, end->key, end->asc, end->ascq);
	return 0;
}

static void compare(const struct scsi_mpath_end *end)
{
	enum scsi_mpath_verdict verdict = expected(end);

	check(scsi_mpath_judge(end) == verdict,
	      "host %02x status %02x sense %02x/%02x/%02x: not '%s'", end->host,
	      end->status, end->key, end->asc, end->ascq, words[verdict]);
}

/* CHECK CONDITION, with every sense key and code */
static void every_sense(void **state)
{
	struct scsi_mpath_end end = { .status = 0x02 };
	int key, code;

	(void)state;
	for (key = 0; key < 16; key++) {
		for (code = 0; code < 0x10000; code++) {
			end.key = key;
			end.asc = code >> 8;
			end.ascq = code & 0xff;
			compare(&end);
		}
	}
}

/* Sense data that nobody asked for changes nothing. */
static void every_status(void **state)
{
	struct scsi_mpath_end end = {};
	int host, status, key;

	(void)state;
	for (host = 0; host < 256; host++) {
		for (status = 0; status < 256; status++) {
			for (key = 0; key < 16; key++) {
				end.host = host;
				end.status = status;
				end.key = key;
				compare(&end);
			}
		}
	}
}

static void every_line_counts(void **state)
{
	size_t i;

	(void)state;
	every_sense(NULL);
	every_status(NULL);
	for (i = 0; i < nr_lines; i++)
		check(table[i].used, "line %zu of the table never fits first", i + 1);
}

int main(void)
{
	const struct CMUnitTest cases[] = {
		cmocka_unit_test(every_sense),
		cmocka_unit_test(every_status),
		cmocka_unit_test(every_line_counts),
	};

	setvbuf(stdout, NULL, _IOLBF, 0);
	return cmocka_run_group_tests(cases, read_table, NULL);
}
