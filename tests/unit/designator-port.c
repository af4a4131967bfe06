// SPDX-License-Identifier: GPL-2.0
/* The target port that VPD page 0x83 was read through. */
#include "pieces.h"

static void ports_alone(void **state)
{
	struct page page;

	(void)state;
	open_page(&page);
	check_ports(&page, page.len, -1, -1);
	add(&page, &rel_port);
	check_ports(&page, page.len, -1, 0x1234);
	open_page(&page);
	add(&page, &port_group);
	check_ports(&page, page.len, 0xabcd, -1);
	add(&page, &naa_6);
	add(&page, &rel_port);
	check_ports(&page, page.len, 0xabcd, 0x1234);
}

static void ports_of_others(void **state)
{
	struct piece port = rel_port, group = port_group;
	struct page page;

	(void)state;
	for (port.association = 0; port.association < 4; port.association++) {
		group.association = port.association;
		open_page(&page);
		add(&page, &port);
		add(&page, &group);
		check_ports(&page, page.len, group.association == PORT ? 0xabcd : -1,
			    port.association == PORT ? 0x1234 : -1);
	}
}

static void port_lengths(void **state)
{
	struct piece port = rel_port, group = port_group;
	struct page page;
	int len;

	(void)state;
	for (len = 0; len < 16; len++) {
		port.len = len;
		group.len = len;
		open_page(&page);
		add(&page, &port);
		add(&page, &group);
		check_ports(&page, page.len, len >= 4 ? 0xabcd : -1, len >= 4 ? 0x1234 : -1);
	}
}

static void port_values(void **state)
{
	static const u16 values[] = { 0, 1, 0xff, 0x100, 0x7fff, 0x8000, 0xffff };
	struct piece port = rel_port, group = port_group;
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		port.data[2] = values[i] >> 8;
		port.data[3] = values[i] & 0xff;
		group.data[2] = (u16)~values[i] >> 8;
		group.data[3] = ~values[i] & 0xff;
		open_page(&page);
		add(&page, &group);
		add(&page, &port);
		check_ports(&page, page.len, (u16)~values[i], values[i]);
	}
}

/* The last one counts, as in the SCSI core. */

static void ports_twice(void **state)
{
	struct piece port = rel_port, group = port_group;
	struct page page;

	(void)state;
	port.data[3] = 0x35;
	group.data[3] = 0xce;
	open_page(&page);
	add(&page, &port_group);
	add(&page, &port);
	add(&page, &group);
	add(&page, &rel_port);
	check_ports(&page, page.len, 0xabce, 0x1234);
}

static u64 target_of(const struct page *page)
{
	u8 *copy = exact(page->buf, page->len);
	u64 target = designator_target(copy, page->len);

	free(copy);
	return target;
}

/* Only what is said of the target device counts, and all of it. */
static void targets_apart(void **state)
{
	struct piece one = naa_6, other = naa_6;
	struct page page;
	u64 alone;

	(void)state;
	one.association = 2;
	other.association = 2;
	other.data[3] ^= 1;
	open_page(&page);
	add(&page, &naa_6);
	add(&page, &rel_port);
	assert_true(!target_of(&page));
	add(&page, &one);
	alone = target_of(&page);
	assert_true(alone);
	add(&page, &port_group);
	assert_true(target_of(&page) == alone);
	open_page(&page);
	add(&page, &other);
	assert_true(target_of(&page) && target_of(&page) != alone);
	add(&page, &one);
	assert_true(target_of(&page) != alone);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(ports_alone),
		cmocka_unit_test(ports_of_others),
		cmocka_unit_test(port_lengths),
		cmocka_unit_test(port_values),
		cmocka_unit_test(ports_twice),
		cmocka_unit_test(targets_apart),
	};

	return run_cases(cases);
}
