// SPDX-License-Identifier: GPL-2.0
/*
 * mpathctl events: what happens to units and paths, with the time.
 *
 * The kernel tells of a unit's new state in a uevent. Everything else is seen by
 * a look at all words there are: at once when any disk has a uevent, else after
 * the delay.
 */
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <json-c/json.h>

#include "mpathctl.h"

#define KERNEL_UEVENTS	1
#define MAX_UEVENT	8192

/**
 * struct picture - all units as they were at one time
 * @san: the units
 * @nodes: they and their paths
 * @n: how many these are
 * @words: of each node, what each column said that is a word
 */
struct picture {
	struct san		san;
	struct node		**nodes;
	size_t			n;
	char			*(*words)[MAX_COLUMNS];
};

/**
 * struct watch - what is being followed
 * @options: how to print
 * @only: names of the units, up to a NULL; none: all
 * @seen: what has been told of
 * @printed: how many events were
 */
struct watch {
	const struct options	*options;
	char			**only;
	struct picture		seen;
	unsigned long		printed;
};

static void take_picture(struct picture *picture)
{
	size_t i, c;

	find_units(&picture->san);
	picture->n = san_nodes(&picture->san, &picture->nodes);
	picture->words = allocate(picture->n * sizeof(*picture->words));
	for (i = 0; i < picture->n; i++)
		for (c = 0; c < ncolumns; c++)
			if (columns[c].type == WORD)
				picture->words[i][c] = column_value(&columns[c],
								    picture->nodes[i]);
}

static void forget_picture(struct picture *picture)
{
	size_t i, c;

	for (i = 0; i < picture->n; i++)
		for (c = 0; c < ncolumns; c++)
			free(picture->words[i][c]);
	free(picture->words);
	free(picture->nodes);
	forget_units(&picture->san);
}

/* Shall an event of the node be told? */
static bool wants(const struct watch *watch, const struct node *node)
{
	char **name;

	if (watch->options->count && watch->printed >= watch->options->count)
		return false;
	for (name = watch->only; *name; name++)
		if (!strcmp(*name, unit_name(node)))
			return true;
	return !*watch->only;
}

static char *time_text(void)
{
	char date[32], zone[8];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(date, sizeof(date), "%FT%T", &tm);
	strftime(zone, sizeof(zone), "%z", &tm);
	return format("%s.%03ld%s", date, now.tv_nsec / 1000000, zone);
}

/* One line, of text or of JSON, that says when, to what, and what. */
static void begin_event(const struct watch *watch, const struct node *node, const char *event,
			struct json_object **object)
{
	char *time = time_text();

	*object = NULL;
	if (watch->options->json) {
		*object = json_object_new_object();
		json_object_object_add(*object, "version", json_object_new_int(JSON_VERSION));
		json_object_object_add(*object, "time", json_object_new_string(time));
		json_object_object_add(*object, "unit", json_object_new_string(unit_name(node)));
		json_object_object_add(*object, "path",
				       node->unit ? json_object_new_string(node->name) : NULL);
		json_object_object_add(*object, "event", json_object_new_string(event));
	} else {
		printf("%s %s", time, unit_name(node));
		if (node->unit)
			printf(" %s", node->name);
	}
	free(time);
}

static void end_event(struct watch *watch, struct json_object *object)
{
	if (object)
		fputs(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
						     JSON_C_TO_STRING_NOSLASHESCAPE), stdout);
	json_object_put(object);
	putchar('\n');
	watch->printed++;
}

static void tell(struct watch *watch, const struct node *node, const char *event)
{
	struct json_object *object;

	if (!wants(watch, node))
		return;
	begin_event(watch, node, event, &object);
	if (!object)
		printf(" %s", event);
	end_event(watch, object);
}

static bool differ(const char *a, const char *b)
{
	return !a || !b ? a != b : strcmp(a, b);
}

static struct json_object *json_word(const char *word)
{
	return word ? json_object_new_string(word) : NULL;
}

static void tell_change(struct json_object *object, const char *before_it,
			const struct column *column, const char *before, const char *after)
{
	char *key = column_key(column);
	struct json_object *change;

	if (object) {
		change = json_object_new_object();
		json_object_object_add(change, "before", json_word(before));
		json_object_object_add(change, "after", json_word(after));
		json_object_object_add(object, key, change);
	} else {
		printf("%s %s %s -> %s", before_it, key, before ? before : "?",
		       after ? after : "?");
	}
	free(key);
}

/* All that is different now in one line, and nothing if nothing is. */
static void tell_changes(struct watch *watch, const struct node *node, char **before,
			 char **after)
{
	struct json_object *object = NULL;
	bool begun = false;
	size_t c;

	if (!wants(watch, node))
		return;
	for (c = 0; c < ncolumns; c++) {
		if (!differ(before[c], after[c]))
			continue;
		if (!begun)
			begin_event(watch, node, "changed", &object);
		tell_change(object, begun ? "," : "", &columns[c], before[c], after[c]);
		begun = true;
	}
	if (begun)
		end_event(watch, object);
}

static void tell_difference(struct watch *watch, const struct picture *after)
{
	const struct picture *before = &watch->seen;
	ssize_t at;
	size_t i;

	for (i = 0; i < before->n; i++)
		if (find_again(after->nodes, after->n, before->nodes[i], i) < 0)
			tell(watch, before->nodes[i], "removed");
	for (i = 0; i < after->n; i++) {
		at = find_again(before->nodes, before->n, after->nodes[i], i);
		if (at < 0)
			tell(watch, after->nodes[i], "added");
		else
			tell_changes(watch, after->nodes[i], before->words[at],
				     after->words[i]);
	}
}

static void look(struct watch *watch)
{
	struct picture now;

	take_picture(&now);
	tell_difference(watch, &now);
	forget_picture(&watch->seen);
	watch->seen = now;
}

/* A state that lasts shorter than it takes us to look is told of, too. */
static void tell_state(struct watch *watch, const char *name, const char *state)
{
	size_t c = find_column("STATE", strlen("STATE")) - columns, i;
	char *words[MAX_COLUMNS], **seen;

	for (i = 0; i < watch->seen.n; i++) {
		if (watch->seen.nodes[i]->unit || strcmp(watch->seen.nodes[i]->name, name))
			continue;
		seen = watch->seen.words[i];
		memcpy(words, seen, sizeof(words));
		words[c] = format("%s", state);
		tell_changes(watch, watch->seen.nodes[i], seen, words);
		free(seen[c]);
		seen[c] = words[c];
	}
}

/* What stands behind KEY= in one of the strings of a uevent, or NULL. */
static const char *variable(const char *uevent, size_t len, const char *key)
{
	const char *at;

	for (at = uevent; at < uevent + len; at += strlen(at) + 1)
		if (!strncmp(at, key, strlen(key)) && at[strlen(key)] == '=')
			return at + strlen(key) + 1;
	return NULL;
}

/* Returns false if there is none. */
static bool take_uevent(struct watch *watch, int fd)
{
	struct sockaddr_nl from = { };
	socklen_t from_len = sizeof(from);
	const char *name, *state;
	char text[MAX_UEVENT + 1];
	ssize_t len;

	len = recvfrom(fd, text, MAX_UEVENT, MSG_DONTWAIT, (struct sockaddr *)&from, &from_len);
	if (len < 0)
		return false;
	text[len] = 0;
	/* The kernel has the port 0; what others send is not looked at. */
	name = variable(text, len, "DEVNAME");
	state = variable(text, len, "MPATH_STATE");
	if (!from.nl_pid && name && state)
		tell_state(watch, name, state);
	return true;
}

/* Returns -1 where there are none: then the delay is all that makes us look. */
static int open_uevents(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = KERNEL_UEVENTS };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int follow(struct watch *watch)
{
	struct pollfd poll_fd = { .fd = open_uevents(), .events = POLLIN };
	const struct options *options = watch->options;
	int ret = EXIT_OK;

	take_picture(&watch->seen);
	while (!options->count || watch->printed < options->count) {
		if (poll(&poll_fd, 1, options->delay * 1000) > 0)
			while (take_uevent(watch, poll_fd.fd))
				;
		look(watch);
		if (fflush(stdout)) {
			ret = EXIT_FAILED;
			break;
		}
	}
	forget_picture(&watch->seen);
	if (poll_fd.fd >= 0)
		close(poll_fd.fd);
	return ret;
}

/* A unit may go and come back: it is known by its name from here on. */
static char **unit_names(int argc, char **argv)
{
	char **names = NULL;
	const struct node **units;
	struct san san;
	size_t i;

	find_units(&san);
	if (!argc)
		complain_of_none(&san);
	units = choose_units(&san, argc, argv);
	if (units) {
		names = allocate((san.nunits + 1) * sizeof(*names));
		for (i = 0; argc && units[i]; i++)
			names[i] = format("%s", units[i]->name);
	}
	free(units);
	forget_units(&san);
	return names;
}

int verb_events(int argc, char **argv, struct options *options)
{
	struct watch watch = { .options = options, .only = unit_names(argc, argv) };
	int ret;

	if (!watch.only)
		return EXIT_FAILED;
	ret = follow(&watch);
	free_list(watch.only);
	return ret;
}
