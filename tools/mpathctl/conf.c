// SPDX-License-Identifier: GPL-2.0
/*
 * Read the configuration of dm-multipath: sections in braces, in them lines of a
 * keyword and a value. A line ends what is on it; # and ! begin a comment.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mpathctl.h"

/* Sections, their subsections, and "protocol" in "overrides". */
#define MAX_DEPTH	3

/* Where we are. */
struct reader {
	const char	*file;
	FILE		*in;
	unsigned int	line;
	bool		wrong;
};

[[gnu::format(printf, 2, 3)]]
static void reject(struct reader *reader, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		have_memory(NULL);
	va_end(args);
	complain("%s:%u: %s", reader->file, reader->line, text);
	free(text);
	reader->wrong = true;
}

static char *skip_blanks(char *at)
{
	while (isspace((unsigned char)*at))
		at++;
	return at;
}

static bool ends_line(char c)
{
	return !c || c == '#' || c == '!';
}

/* Up to the next quote; two of them are one that is meant. */
static char *take_string(struct reader *reader, char **at)
{
	char *from = *at + 1, *string = allocate(strlen(from) + 1), *to = string;

	for (; *from && (*from != '"' || from[1] == '"'); from++) {
		if (*from == '"')
			from++;
		*to++ = *from;
	}
	if (!*from)
		reject(reader, "a string that does not end");
	else
		from++;
	*at = from;
	return string;
}

static char *take_word(struct reader *reader, char **at)
{
	size_t len = strcspn(*at, "\"#!{} \t\r\n");
	char *word = format("%.*s", (int)len, *at);

	if (!len)
		reject(reader, "a word was expected where '%c' is", **at);
	*at += len;
	return word;
}

/* What is printed again must not do anything to a terminal. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (!isascii(*text) || !isprint(*text))
			return false;
	return true;
}

static struct conf *add_conf(struct conf *section, unsigned int line, char *word)
{
	struct conf *conf;

	section->inside = have_memory(reallocarray(section->inside, section->n + 1,
						   sizeof(*section->inside)));
	conf = &section->inside[section->n++];
	*conf = (struct conf){ .line = line, .word = word };
	return conf;
}

static void read_section(struct reader *reader, struct conf *section, int depth);

/* A keyword, and its value or the brace that begins a section. */
static void read_line(struct reader *reader, struct conf *section, char *at, int depth)
{
	struct conf *conf = add_conf(section, reader->line, take_word(reader, &at));

	at = skip_blanks(at);
	if (reader->wrong)
		return;
	if (*at == '{' && depth < MAX_DEPTH && is_plain(conf->word)) {
		read_section(reader, conf, depth + 1);
		return;
	}
	if (ends_line(*at)) {
		reject(reader, "'%s' has no value", conf->word);
		return;
	}
	conf->value = *at == '"' ? take_string(reader, &at) : take_word(reader, &at);
	if (!is_plain(conf->word) || !is_plain(conf->value))
		reject(reader, "there are characters that cannot be printed");
	if (!reader->wrong && !ends_line(*skip_blanks(at)))
		reject(reader, "'%s' has more than one value; quote it", conf->word);
}

/* Up to the brace that ends the section; of the whole file, up to its end. */
static void read_section(struct reader *reader, struct conf *section, int depth)
{
	unsigned int begun = reader->line;
	char *line = NULL, *at;
	bool open = depth;
	size_t size = 0;

	while (!reader->wrong && getline(&line, &size, reader->in) >= 0) {
		reader->line++;
		at = skip_blanks(line);
		if (*at == '}' && depth) {
			open = false;
			break;
		}
		if (!ends_line(*at))
			read_line(reader, section, at, depth);
	}
	free(line);
	if (open && !reader->wrong)
		reject(reader, "the section that begins in line %u does not end", begun);
}

/* Returns -1 after complaining of what cannot be read. */
int read_conf(const char *file, struct conf *conf)
{
	struct reader reader = { .file = file, .in = fopen(file, "re") };

	*conf = (struct conf){ };
	if (!reader.in) {
		complain("%s: %s", file, strerror(errno));
		return -1;
	}
	read_section(&reader, conf, 0);
	if (ferror(reader.in)) {
		complain("%s: %s", file, strerror(errno));
		reader.wrong = true;
	}
	fclose(reader.in);
	return reader.wrong ? -1 : 0;
}

void forget_conf(struct conf *conf)
{
	size_t i;

	for (i = 0; i < conf->n; i++)
		forget_conf(&conf->inside[i]);
	free(conf->inside);
	free(conf->word);
	free(conf->value);
}

/* The last of the lines with that keyword counts. Returns its value, or NULL. */
const char *conf_value(const struct conf *section, const char *word)
{
	const char *value = NULL;
	size_t i;

	for (i = 0; i < section->n; i++)
		if (!strcmp(section->inside[i].word, word) && section->inside[i].value)
			value = section->inside[i].value;
	return value;
}
