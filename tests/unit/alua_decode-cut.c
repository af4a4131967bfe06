// SPDX-License-Identifier: GPL-2.0
/* Reports that are cut short, or lie about a length */
#include "report.h"

/* How many bytes of the ports of group @i lie before @end, in ports */

static int ports_before(const struct report *report, int i, size_t end)
{
	size_t fit = (end - report->starts[i] - 8) / 4;

	return fit < mixed[i].nr_ports ? (int)fit : mixed[i].nr_ports;
}

/* Decodes @len bytes, of which @end count: what is there is as it was built. */

static void check_cut(const struct report *report, size_t len, size_t end)
{
	struct alua_report walk;
	struct alua_group group;
	u8 *copy = open_copy(&walk, report->buf, len);
	int i;

	for (i = 0; i < (int)ARRAY_SIZE(mixed) && report->starts[i] + 8 <= end; i++) {
		check(alua_next_group(&walk, &group), "group %d of %zu bytes", i, end);
		check_group(&group, mixed + i, ports_before(report, i, end));
		check(group.cut == (group.nr_ports < mixed[i].nr_ports),
		      "group %d of %zu bytes: cut", i, end);
	}
	check(!alua_next_group(&walk, &group), "no group after %d in %zu bytes", i, end);
	free(copy);
}

static void cut_at_every_byte(void **state)
{
	struct alua_report walk;
	struct report report;
	size_t len;
	u8 *copy;

	(void)state;
	build(&report, mixed, ARRAY_SIZE(mixed));
	for (len = 0; len < 4; len++) {
		copy = exact(report.buf, len);
		check(!alua_open_report(&walk, copy, len), "%zu bytes", len);
		free(copy);
	}
	for (len = 4; len <= report.len; len++) {
		check_cut(&report, len, len);
		copy = open_copy(&walk, report.buf, len);
		assert_int_equal(walk.needed, report.len);
		assert_true(walk.end <= len);
		free(copy);
	}
}

static void plain_cut_at_every_byte(void **state)
{
	struct alua_report walk;
	struct alua_group group;
	size_t len;
	u8 *copy;
	int nr;

	(void)state;
	for (len = 4; len <= sizeof(plain); len++) {
		copy = open_copy(&walk, plain, len);
		for (nr = 0; alua_next_group(&walk, &group); nr++)
			assert_int_equal(group.id, nr ? 0xabcd : 1);
		check(nr == (len >= 12) + (len >= 28), "%d groups in %zu bytes", nr, len);
		free(copy);
	}
}

/* RETURN DATA LENGTH counts what follows it. */

static void length_too_small(void **state)
{
	struct report report;
	u32 said, whole;

	(void)state;
	build(&report, mixed, ARRAY_SIZE(mixed));
	whole = report.len - 4;
	/* One that leaves no room for an extended header leaves none for a group. */
	for (said = 0; said <= whole; said++) {
		put32(report.buf, said);
		check_cut(&report, report.len, said + 4);
	}
}

static void length_too_large(void **state)
{
	static const u32 large[] = { 1000, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
				     0xfffffffb, 0xfffffffc, 0xffffffff };
	struct alua_report walk;
	struct report report;
	size_t i;
	u8 *copy;

	(void)state;
	build(&report, mixed, ARRAY_SIZE(mixed));
	for (i = 0; i < ARRAY_SIZE(large); i++) {
		put32(report.buf, large[i]);
		check_cut(&report, report.len, report.len);
		copy = open_copy(&walk, report.buf, report.len);
		assert_int_equal(walk.needed, (size_t)large[i] + 4);
		assert_int_equal(walk.end, report.len);
		free(copy);
	}
}

/* The last group, with as many ports as there are */

static void port_count_too_large(void **state)
{
	struct alua_report walk;
	struct alua_group group;
	struct report report;
	u8 *copy;
	int nr;

	(void)state;
	build(&report, mixed, 1);
	for (nr = 3; nr <= 255; nr++) {
		report.buf[report.starts[0] + 7] = nr;
		copy = open_copy(&walk, report.buf, report.len);
		assert_true(alua_next_group(&walk, &group));
		check_group(&group, mixed, 2);
		assert_true(group.cut);
		assert_false(alua_next_group(&walk, &group));
		free(copy);
	}
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(cut_at_every_byte),
		cmocka_unit_test(plain_cut_at_every_byte),
		cmocka_unit_test(length_too_small),
		cmocka_unit_test(length_too_large),
		cmocka_unit_test(port_count_too_large),
	};

	return run_cases(cases);
}
