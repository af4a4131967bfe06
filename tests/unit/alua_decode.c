// SPDX-License-Identifier: GPL-2.0
/*
 * What a REPORT TARGET PORT GROUPS says, SPC-4 6.27, and what a SET TARGET PORT
 * GROUPS shall say, 6.32.
 */
#include "report.h"

static void plain_header(void **state)
{
	struct alua_report walk;
	struct alua_group group;
	u8 *copy = open_copy(&walk, plain, sizeof(plain));

	(void)state;
	assert_int_equal(walk.needed, sizeof(plain));
	assert_int_equal(walk.transition_secs, 0);

	assert_true(alua_next_group(&walk, &group));
	assert_int_equal(group.id, 1);
	assert_int_equal(group.state, ALUA_OPTIMIZED);
	assert_true(group.pref);
	assert_int_equal(group.supported, ALUA_SUP_TRANSITIONING | ALUA_SUP_UNAVAILABLE |
			 ALUA_SUP_STANDBY | ALUA_SUP_NONOPTIMIZED | ALUA_SUP_OPTIMIZED);
	assert_int_equal(group.status, ALUA_STATUS_IMPLICIT);
	assert_int_equal(group.nr_ports, 2);
	assert_true(alua_group_has_port(&group, 1));
	assert_true(alua_group_has_port(&group, 2));
	assert_false(alua_group_has_port(&group, 0x1234));

	assert_true(alua_next_group(&walk, &group));
	assert_int_equal(group.id, 0xabcd);
	assert_int_equal(group.state, ALUA_NONOPTIMIZED);
	assert_false(group.pref);
	assert_int_equal(group.supported, 0xdf);
	assert_int_equal(group.status, ALUA_STATUS_SET);
	assert_int_equal(group.nr_ports, 1);
	assert_true(alua_group_has_port(&group, 0x1234));
	assert_false(alua_group_has_port(&group, 1));

	assert_false(alua_next_group(&walk, &group));
	free(copy);
}

static void extended_header(void **state)
{
	static const u8 times[] = { 0, 1, 60, 254, 255 };
	u8 report[] = {
		0x00, 0x00, 0x00, 0x0c,
		0x10, 0x00, 0x00, 0x00,
		0x02, 0x04, 0x00, 0x07, 0x00, 0x00, 0x00, 0x00,
	};
	struct alua_report walk;
	struct alua_group group;
	u8 *copy;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(times); i++) {
		report[5] = times[i];
		copy = open_copy(&walk, report, sizeof(report));
		assert_int_equal(walk.transition_secs, times[i]);
		assert_true(alua_next_group(&walk, &group));
		assert_int_equal(group.id, 7);
		assert_int_equal(group.state, ALUA_STANDBY);
		assert_int_equal(group.supported, ALUA_SUP_STANDBY);
		assert_false(alua_next_group(&walk, &group));
		free(copy);
	}
}

/* There may be nothing behind it. */
static void extended_header_alone(void **state)
{
	static const u8 report[] = { 0x00, 0x00, 0x00, 0x04, 0x10, 0x1e, 0x00, 0x00 };
	struct alua_report walk;
	struct alua_group group;
	u8 *copy = open_copy(&walk, report, sizeof(report));

	(void)state;
	assert_int_equal(walk.transition_secs, 30);
	assert_int_equal(walk.needed, sizeof(report));
	assert_false(alua_next_group(&walk, &group));
	free(copy);
}

/* Of the eight formats one is the extended header; all else is a descriptor. */

static void header_format(void **state)
{
	u8 report[16] = { 0x00, 0x00, 0x00, 0x0c, [5] = 77, [7] = 0 };
	struct alua_report walk;
	bool extended;
	u8 *copy;
	int byte;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		extended = (byte >> 4 & 7) == 1;
		report[4] = byte;
		copy = open_copy(&walk, report, sizeof(report));
		check(walk.transition_secs == (extended ? 77 : 0), "byte %#x", byte);
		check(walk.next == (extended ? 8 : 4), "byte %#x", byte);
		free(copy);
	}
}

static void every_state(void **state)
{
	struct said said = { .id = 0x8001 };

	(void)state;
	for (said.state = 0; said.state < 16; said.state++) {
		said.pref = false;
		check_one(&said);
		said.pref = true;
		check_one(&said);
	}
}

/* T_SUP O_SUP - LBD_SUP U_SUP S_SUP AN_SUP AO_SUP */

static void supported_states(void **state)
{
	static const u8 bits[] = {
		ALUA_SUP_OPTIMIZED, ALUA_SUP_NONOPTIMIZED, ALUA_SUP_STANDBY,
		ALUA_SUP_UNAVAILABLE, ALUA_SUP_LBA_DEPENDENT, 0,
		ALUA_SUP_OFFLINE, ALUA_SUP_TRANSITIONING,
	};
	struct said said = { .id = 3 };
	int i;

	(void)state;
	for (i = 0; i < 8; i++) {
		if (bits[i])
			assert_int_equal(bits[i], 1 << i);
		said.supported = bits[i];
		check_one(&said);
	}
	for (i = 0; i < 256; i++) {
		said.supported = i & 0xdf;
		check_one(&said);
	}
}

static void status_code(void **state)
{
	struct said said = { .id = 3 };
	int i;

	(void)state;
	assert_int_equal(ALUA_STATUS_NONE, 0);
	assert_int_equal(ALUA_STATUS_SET, 1);
	assert_int_equal(ALUA_STATUS_IMPLICIT, 2);
	for (i = 0; i < 256; i++) {
		said.status = i;
		check_one(&said);
	}
}

static void port_counts(void **state)
{
	struct said said = { .id = 0xffff, .first_port = 0xfe80 };
	int nr;

	(void)state;
	for (nr = 0; nr <= 255; nr++) {
		said.nr_ports = nr;
		check_one(&said);
	}
}

/* However much comes behind them, they are all there. */
static void ports_far_from_the_end(void **state)
{
	struct said pair[] = {
		{ .id = 1, .nr_ports = 3, .first_port = 1 },
		{ .id = 2, .first_port = 0x100 },
	};
	struct alua_report walk;
	struct alua_group group;
	struct report report;
	int nr;
	u8 *copy;

	(void)state;
	for (nr = 0; nr <= 255; nr++) {
		pair[1].nr_ports = nr;
		build(&report, pair, 2);
		copy = open_copy(&walk, report.buf, report.len);
		assert_true(alua_next_group(&walk, &group));
		check_group(&group, pair, 3);
		assert_true(alua_next_group(&walk, &group));
		check_group(&group, pair + 1, nr);
		free(copy);
	}
}

/* Both bytes of the identifier count, and only they. */

static void port_identifiers(void **state)
{
	static const u16 ports[] = { 0x0000, 0x0001, 0x0100, 0x00ff, 0xff00, 0xffff };
	struct said said = { .id = 1, .nr_ports = 1 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		said.first_port = ports[i];
		check_one(&said);
	}
}

/* As many as fit into the largest report that is asked for */

static void many_groups(void **state)
{
	size_t len = 64 * 1024, nr = (len - 8) / 8, i;
	struct said said = { .supported = 0x01 };
	struct alua_report walk;
	struct alua_group group;
	u8 *buf = calloc(1, len);

	(void)state;
	assert_non_null(buf);
	put32(buf, 8 * nr + 4);
	buf[4] = 0x10;
	for (i = 0; i < nr; i++) {
		said.id = 0xffff - i;
		put_group(buf + 8 + 8 * i, &said);
	}
	assert_true(alua_open_report(&walk, buf, len));
	for (i = 0; alua_next_group(&walk, &group); i++)
		check(group.id == 0xffff - i, "group %zu is %#x", i, group.id);
	assert_int_equal(i, nr);
	free(buf);
}

static void groups_without_our_port(void **state)
{
	struct alua_report walk;
	struct alua_group group;
	struct report report;
	u8 *copy;
	int nr;

	(void)state;
	build(&report, mixed, ARRAY_SIZE(mixed));
	copy = open_copy(&walk, report.buf, report.len);
	for (nr = 0; alua_next_group(&walk, &group); nr++)
		assert_false(alua_group_has_port(&group, 0x1001));
	assert_int_equal(nr, ARRAY_SIZE(mixed));
	free(copy);
}

/* Which of them is meant, the caller may tell by the ports. */

static void ids_twice(void **state)
{
	static const struct said twice[] = {
		{ .id = 5, .state = 0x0, .nr_ports = 1, .first_port = 1 },
		{ .id = 5, .state = 0x2, .nr_ports = 1, .first_port = 2 },
		{ .id = 5, .state = 0x2, .nr_ports = 1, .first_port = 2 },
	};
	struct alua_report walk;
	struct alua_group group;
	struct report report;
	size_t i;
	u8 *copy;

	(void)state;
	build(&report, twice, ARRAY_SIZE(twice));
	copy = open_copy(&walk, report.buf, report.len);
	for (i = 0; i < ARRAY_SIZE(twice); i++) {
		assert_true(alua_next_group(&walk, &group));
		check_group(&group, twice + i, 1);
	}
	assert_false(alua_next_group(&walk, &group));
	free(copy);
}

static void active_states(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 256; i++)
		check(alua_state_is_active(i) == (i == 0x0 || i == 0x1 || i == 0x4),
		      "state %#x", i);
}

/* SPC-4 6.32: four reserved bytes and a descriptor */

static void fill_stpg(void **state)
{
	u8 *buf = malloc(ALUA_STPG_LEN);
	u8 want[8] = { 0 };
	int group, s;

	(void)state;
	assert_int_equal(ALUA_STPG_LEN, sizeof(want));
	for (group = 0; group <= 0xffff; group += 0x33) {
		for (s = 0; s < 16; s++) {
			want[4] = s;
			put16(want + 6, group);
			memset(buf, 0xa5, ALUA_STPG_LEN);
			assert_int_equal(alua_fill_stpg(buf, group, s), 8);
			assert_memory_equal(buf, want, sizeof(want));
		}
	}
	free(buf);
}

/* What is not a state must not get into the reserved bits. */

static void fill_stpg_bad_state(void **state)
{
	u8 buf[ALUA_STPG_LEN];
	int s;

	(void)state;
	for (s = 0; s < 256; s++) {
		alua_fill_stpg(buf, 1, s);
		assert_int_equal(buf[4], s & 0x0f);
		assert_int_equal(buf[5], 0);
	}
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(plain_header),
		cmocka_unit_test(extended_header),
		cmocka_unit_test(extended_header_alone),
		cmocka_unit_test(header_format),
		cmocka_unit_test(every_state),
		cmocka_unit_test(supported_states),
		cmocka_unit_test(status_code),
		cmocka_unit_test(port_counts),
		cmocka_unit_test(ports_far_from_the_end),
		cmocka_unit_test(port_identifiers),
		cmocka_unit_test(many_groups),
		cmocka_unit_test(groups_without_our_port),
		cmocka_unit_test(ids_twice),
		cmocka_unit_test(active_states),
		cmocka_unit_test(fill_stpg),
		cmocka_unit_test(fill_stpg_bad_state),
	};

	return run_cases(cases);
}
