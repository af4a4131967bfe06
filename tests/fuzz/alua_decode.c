// SPDX-License-Identifier: GPL-2.0
/* REPORT TARGET PORT GROUPS data: the input is what a target sent. */
#include "fuzz.h"

#include "alua.h"

/* Of long inputs not every cut is tried, or there would be few inputs. */
#define MAX_CUTS	64

/* The group and its ports lie between where it starts and the end. */
static void check_bounds(const struct alua_report *walk, const struct alua_group *group,
			 size_t start)
{
	size_t ports = group->ports - walk->buf;

	must(ports == start + 8);
	must(ports <= walk->end);
	must(walk->end - ports >= 4u * group->nr_ports);
	must(walk->next >= ports + 4u * group->nr_ports);
}

/* Each field is what the standard has in that place. */
static void check_fields(const struct alua_group *group, const u8 *desc)
{
	must(group->state == (desc[0] & 0x0f));
	must(group->pref == !!(desc[0] & 0x80));
	must(group->supported == (desc[1] & 0xdf));
	must(group->id == desc[2] * 256 + desc[3]);
	must(group->status == desc[5]);
	must(group->nr_ports <= desc[7]);
	must(group->cut == (group->nr_ports < desc[7]));
}

static void check_ports(const struct alua_group *group)
{
	bool zero = false;
	u16 port;
	int i;

	for (i = 0; i < group->nr_ports; i++) {
		port = group->ports[4 * i + 2] * 256 + group->ports[4 * i + 3];
		zero |= !port;
		must(alua_group_has_port(group, port));
	}
	must(alua_group_has_port(group, 0) == zero);
}

static void check_header(const struct alua_report *walk, const u8 *data, size_t len)
{
	size_t said = (size_t)data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
	bool extended = walk->end >= 8 && (data[4] >> 4 & 7) == 1;

	must(walk->needed == said + 4);
	must(walk->end <= len);
	must(walk->end <= walk->needed);
	must(walk->next == (extended ? 8 : 4));
	must(walk->transition_secs == (extended ? data[5] : 0));
}

/* Returns how many groups there are. */
static size_t check_walk(const u8 *data, size_t len)
{
	u8 *copy = exact(data, len);
	struct alua_report walk;
	struct alua_group group;
	size_t start, nr = 0;

	must(alua_open_report(&walk, copy, len) == (len >= 4));
	if (len >= 4) {
		check_header(&walk, data, len);
		for (start = walk.next; alua_next_group(&walk, &group); start = walk.next) {
			check_bounds(&walk, &group, start);
			check_fields(&group, copy + start);
			check_ports(&group);
			must(++nr <= len / 8);
		}
		must(!alua_next_group(&walk, &group));
		must(walk.end < start + 8);
	}
	free(copy);
	return nr;
}

/* What was cut off takes groups and ports away, and changes none. */
static void check_cut(const u8 *data, size_t len, size_t cut)
{
	struct alua_report whole, part;
	struct alua_group a, b;
	u8 *copy = exact(data, cut);

	must(alua_open_report(&whole, data, len));
	if (alua_open_report(&part, copy, cut)) {
		must(part.needed == whole.needed);
		while (alua_next_group(&part, &b)) {
			must(alua_next_group(&whole, &a));
			must(a.id == b.id && a.state == b.state && a.pref == b.pref);
			must(a.supported == b.supported && a.status == b.status);
			must(a.nr_ports >= b.nr_ports);
			must(a.nr_ports == b.nr_ports || part.next > part.end);
		}
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t len)
{
	size_t cut;

	check_walk(data, len);
	for (cut = 0; cut < MAX_CUTS && len >= 4; cut++)
		if (cut < len)
			check_cut(data, len, len - 1 - cut);
	return 0;
}
