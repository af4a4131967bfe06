// SPDX-License-Identifier: GPL-2.0
/* VPD pages that are cut short, lie about a length, or are others. */
#include "pieces.h"

/* From worst to best: of each cut, the best of what is whole is the name. */

static void cut_at_every_byte(void **state)
{
	const char *want = NULL;
	struct page page;
	size_t len = 0, i;

	(void)state;
	open_page(&page);
	for (i = ARRAY_SIZE(ranked); i-- > 0;) {
		add(&page, ranked[i]);
		/* The header's length is that of the whole page. */
		set_page_len(&page, 1000);
		for (; len < page.len; len++)
			check_prefix(&page, len, want);
		want = ranked[i]->name;
		check_prefix(&page, len, want);
	}
}

static void ports_cut_at_every_byte(void **state)
{
	const struct piece * const pieces[] = { &naa_6, &rel_port, &t10, &port_group };
	struct page page;
	size_t len, port_end = 4 + 20 + 8;

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	for (len = 0; len <= page.len; len++)
		check_ports(&page, len, len == page.len ? 0xabcd : -1,
			    len >= port_end ? 0x1234 : -1);
}

/* What the page does not count as its own is not read. */

static void page_length_too_small(void **state)
{
	const struct piece * const pieces[] = { &t10, &naa_6, &rel_port, &port_group };
	struct page page;
	size_t said, t10_end = 27, naa_end = 27 + 20;

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	for (said = 0; said <= page.len - 4; said++) {
		set_page_len(&page, said);
		check_name(&page, said >= naa_end ? naa_6.name :
				  said >= t10_end ? t10.name : NULL);
		check_ports(&page, page.len, said == page.len - 4 ? 0xabcd : -1,
			    said >= naa_end + 8 ? 0x1234 : -1);
	}
}

static void page_length_too_large(void **state)
{
	static const size_t large[] = { 1, 2, 3, 4, 5, 100, 0xff, 0x100, 0xff00, 0xffff };
	const struct piece * const pieces[] = { &t10, &naa_6, &rel_port, &port_group };
	struct page page;
	size_t i;

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	for (i = 0; i < ARRAY_SIZE(large); i++) {
		set_page_len(&page, page.len - 4 + large[i] > 0xffff ?
				    0xffff : page.len - 4 + large[i]);
		check_name(&page, naa_6.name);
		check_ports(&page, page.len, 0xabcd, 0x1234);
	}
}

/* What runs over the end does not count, and what is before it does. */

static void designator_length_too_large(void **state)
{
	const struct piece * const pieces[] = { &t10, &naa_6 };
	struct page page;
	int len;

	(void)state;
	for (len = 17; len < 256; len++) {
		build(&page, pieces, 2);
		page.buf[4 + 27 + 3] = len;
		check_name(&page, t10.name);
	}
	for (len = 44; len < 256; len++) {
		build(&page, pieces, 2);
		page.buf[4 + 3] = len;
		check_name(&page, NULL);
	}
}

/* Two bytes, or three, are no header of a designator. */

static void rest_is_too_short(void **state)
{
	struct page page;
	int rest;

	(void)state;
	for (rest = 0; rest < 4; rest++) {
		open_page(&page);
		add(&page, &naa_6);
		memset(page.buf + page.len, 0, rest);
		page.len += rest;
		set_page_len(&page, page.len - 4);
		check_name(&page, naa_6.name);
	}
}

static void empty_designators(void **state)
{
	struct piece empty = { .code_set = BINARY };
	struct page page;
	int i;

	(void)state;
	open_page(&page);
	for (i = 0; i < 256; i++) {
		empty.type = i & 0x0f;
		empty.association = i >> 4 & 3;
		add(&page, &empty);
	}
	check_name(&page, NULL);
	check_ports(&page, page.len, -1, -1);
	add(&page, &naa_6);
	check_name(&page, naa_6.name);
}

static void wrong_page(void **state)
{
	const struct piece * const pieces[] = { &naa_6, &rel_port, &port_group };
	struct page page;
	int code;

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	for (code = 0; code < 256; code++) {
		page.buf[1] = code;
		check_name(&page, code == 0x83 ? naa_6.name : NULL);
		check_ports(&page, page.len, code == 0x83 ? 0xabcd : -1,
			    code == 0x83 ? 0x1234 : -1);
	}
}

/*
 * The device type in byte 0 says nothing about the page. The peripheral qualifier
 * does: the unit is reached through this LUN with 000b only.
 */

static void any_device_type(void **state)
{
	const struct piece * const pieces[] = { &naa_6, &rel_port, &port_group };
	struct page page;
	bool there;
	int type;

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	for (type = 0; type < 256; type++) {
		page.buf[0] = type;
		there = type < 0x20;
		check_name(&page, there ? naa_6.name : NULL);
		check_ports(&page, page.len, there ? 0xabcd : -1, there ? 0x1234 : -1);
	}
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(cut_at_every_byte),
		cmocka_unit_test(ports_cut_at_every_byte),
		cmocka_unit_test(page_length_too_small),
		cmocka_unit_test(page_length_too_large),
		cmocka_unit_test(designator_length_too_large),
		cmocka_unit_test(rest_is_too_short),
		cmocka_unit_test(empty_designators),
		cmocka_unit_test(wrong_page),
		cmocka_unit_test(any_device_type),
	};

	return run_cases(cases);
}
