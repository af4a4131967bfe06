// SPDX-License-Identifier: GPL-2.0
/* mpathctl top: what units and paths do in a second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mpathctl.h"

#define TOP_COLUMNS	"NAME,STATE,HEALTH,READS,READ,WRITES,WRITTEN,LATENCY_US,INFLIGHT,FAILOVERS,ERRORS"
#define CLEAR_SCREEN	"\033[H\033[2J"

/* All units and what they had done by then. */
struct look {
	struct san		san;
	struct node		**nodes;
	struct io		*done;
	size_t			n;
	double			time;
};

/* The first eight numbers: reads, merged, sectors and ms, then the same of writes. */
static void read_io(const struct node *node, struct io *io)
{
	char *stat = sysfs_read(node->dir, "stat");
	double read_ms, write_ms;

	if (!stat || sscanf(stat, "%lf %*f %lf %lf %lf %*f %lf %lf", &io->reads,
			    &io->read_sectors, &read_ms, &io->writes,
			    &io->written_sectors, &write_ms) != 6)
		memset(io, 0, sizeof(*io));
	else
		io->ms = read_ms + write_ms;
	free(stat);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static void take_look(struct look *look)
{
	size_t i;

	find_units(&look->san);
	look->n = san_nodes(&look->san, &look->nodes);
	look->done = allocate(look->n * sizeof(*look->done));
	for (i = 0; i < look->n; i++)
		read_io(look->nodes[i], &look->done[i]);
	look->time = now();
}

static void forget_look(struct look *look)
{
	free(look->done);
	free(look->nodes);
	forget_units(&look->san);
}

/* A disk that went and came again under its name counts from 0: that is no rate. */
static double rate(double before, double now, double secs)
{
	return now > before && secs > 0 ? (now - before) / secs : 0;
}

static struct io *compute_rate(const struct io *before, const struct io *now, double secs)
{
	struct io *io = allocate(sizeof(*io));

	io->reads = rate(before->reads, now->reads, secs);
	io->writes = rate(before->writes, now->writes, secs);
	io->read_sectors = rate(before->read_sectors, now->read_sectors, secs);
	io->written_sectors = rate(before->written_sectors, now->written_sectors, secs);
	io->ms = rate(before->ms, now->ms, secs);
	return io;
}

static void compute_rates(const struct look *before, struct look *look)
{
	double secs = look->time - before->time;
	ssize_t at;
	size_t i;

	for (i = 0; i < look->n; i++) {
		at = find_again(before->nodes, before->n, look->nodes[i], i);
		if (at >= 0)
			look->nodes[i]->rate = compute_rate(&before->done[at],
							    &look->done[i], secs);
	}
}

static int print_look(struct look *look, int argc, char **argv, const struct options *options)
{
	const struct node **units = choose_units(&look->san, argc, argv);
	int ret;

	if (!units)
		return -1;
	if (isatty(STDOUT_FILENO) && !options->json)
		fputs(CLEAR_SCREEN, stdout);
	ret = options->json ? print_json(units, options) : print_table(units, options);
	free(units);
	return ret || fflush(stdout) ? -1 : 0;
}

static void wait_for(double secs)
{
	struct timespec time = { .tv_sec = secs };

	time.tv_nsec = (secs - time.tv_sec) * 1e9;
	while (nanosleep(&time, &time))
		;
}

int verb_top(int argc, char **argv, struct options *options)
{
	struct look before, look;
	unsigned long n;
	int ret = 0;

	use_columns(options, TOP_COLUMNS);
	take_look(&before);
	complain_of_none(&before.san);
	for (n = 0; !ret && (!options->count || n < options->count); n++) {
		wait_for(options->delay);
		take_look(&look);
		compute_rates(&before, &look);
		ret = print_look(&look, argc, argv, options);
		forget_look(&before);
		before = look;
	}
	forget_look(&before);
	return ret ? EXIT_FAILED : EXIT_OK;
}
