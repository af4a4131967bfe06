/* SPDX-License-Identifier: GPL-2.0 */
/*
 * REPORT TARGET PORT GROUPS data for the tests of alua_decode.c, written by hand
 * from SPC-4 6.27 or laid out by build().
 */
#ifndef TESTS_REPORT_H
#define TESTS_REPORT_H

#include "unit.h"

#include "alua.h"

#define MAX_GROUPS	8
#define MAX_PORTS	255

/* What a descriptor says */
struct said {
	u16 id;
	u8 state;
	bool pref;
	u8 supported;
	u8 status;
	u8 nr_ports;
	u16 first_port;
};

struct report {
	u8 buf[8 + MAX_GROUPS * (8 + 4 * MAX_PORTS)];
	size_t len;
	size_t starts[MAX_GROUPS];
};

static inline void put16(u8 *p, u16 value)
{
	p[0] = value >> 8;
	p[1] = value & 0xff;
}

static inline void put32(u8 *p, u32 value)
{
	put16(p, value >> 16);
	put16(p + 2, value & 0xffff);
}

/* Everything that is reserved or the vendor's is set. */
static inline size_t put_group(u8 *desc, const struct said *said)
{
	int i;

	desc[0] = (said->pref ? 0x80 : 0) | 0x70 | said->state;
	desc[1] = said->supported | 0x20;
	put16(desc + 2, said->id);
	desc[4] = 0xff;
	desc[5] = said->status;
	desc[6] = 0xff;
	desc[7] = said->nr_ports;
	for (i = 0; i < said->nr_ports; i++) {
		put16(desc + 8 + 4 * i, 0xffff);
		put16(desc + 10 + 4 * i, said->first_port + i);
	}
	return 8 + 4 * said->nr_ports;
}

/*
 * With an extended header, so that the reserved bits of the first descriptor
 * cannot be taken for one.
 */
static inline void build(struct report *report, const struct said *said, int nr)
{
	int i;

	memset(report->buf, 0, 8);
	report->buf[4] = 0x10;
	report->len = 8;
	for (i = 0; i < nr; i++) {
		report->starts[i] = report->len;
		report->len += put_group(report->buf + report->len, said + i);
	}
	put32(report->buf, report->len - 4);
}

/* The group says what the descriptor said, with @nr_ports of its ports. */
static inline void check_group(const struct alua_group *group, const struct said *said,
			       int nr_ports)
{
	int i;

	assert_int_equal(group->id, said->id);
	assert_int_equal(group->state, said->state);
	assert_int_equal(group->pref, said->pref);
	assert_int_equal(group->supported, said->supported);
	assert_int_equal(group->status, said->status);
	assert_int_equal(group->nr_ports, nr_ports);
	for (i = 0; i < said->nr_ports; i++)
		check(alua_group_has_port(group, said->first_port + i) == (i < nr_ports),
		      "port %d of %d", i, nr_ports);
	assert_false(alua_group_has_port(group, said->first_port - 1));
	assert_false(alua_group_has_port(group, said->first_port + said->nr_ports));
}

/* Opens an exact copy, which the caller frees. */
static inline u8 *open_copy(struct alua_report *walk, const void *buf, size_t len)
{
	u8 *copy = exact(buf, len);

	check(alua_open_report(walk, copy, len), "%zu bytes are a report", len);
	return copy;
}

/* One group alone comes out as it went in. */
static inline void check_one(const struct said *said)
{
	static struct report report;
	struct alua_report walk;
	struct alua_group group;
	u8 *copy;

	build(&report, said, 1);
	copy = open_copy(&walk, report.buf, report.len);
	assert_true(alua_next_group(&walk, &group));
	check_group(&group, said, said->nr_ports);
	assert_false(group.cut);
	assert_false(alua_next_group(&walk, &group));
	assert_false(alua_next_group(&walk, &group));
	free(copy);
}

/* Two groups, two ports and one */

static const u8 plain[] = {
	0x00, 0x00, 0x00, 0x1c,
	0x80, 0x8f, 0x00, 0x01, 0x00, 0x02, 0x00, 0x02,
		0x00, 0x00, 0x00, 0x01,
		0x00, 0x00, 0x00, 0x02,
	0x01, 0xdf, 0xab, 0xcd, 0x00, 0x01, 0x00, 0x01,
		0x00, 0x00, 0x12, 0x34,
};

static const struct said mixed[] = {
	{ .id = 0x0001, .state = 0x0, .pref = true, .supported = 0xdf, .status = 2,
	  .nr_ports = 2, .first_port = 1 },
	{ .id = 0x0100, .state = 0xf, .supported = 0x80, .nr_ports = 0 },
	{ .id = 0xfffe, .state = 0x2, .supported = 0x04, .status = 1,
	  .nr_ports = 3, .first_port = 0x0100 },
	{ .id = 0x0000, .state = 0xe, .supported = 0x40, .nr_ports = 1, .first_port = 9 },
};

#endif /* TESTS_REPORT_H */
