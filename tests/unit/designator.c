// SPDX-License-Identifier: GPL-2.0
/* Decoding of VPD page 0x83, SPC-4 7.7.3: which designator names the unit. */
#include "pieces.h"

static void each_alone(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++)
		check_piece(ranked[i], ranked[i]->name);
	for (i = 0; i < ARRAY_SIZE(nameless); i++)
		check_piece(nameless[i], NULL);
}

static void unknown_types(void **state)
{
	struct piece piece = naa_6;
	int type;

	(void)state;
	for (type = 0; type < 16; type++) {
		if (type >= 1 && type <= 3)
			continue;
		piece.type = type;
		check_piece(&piece, NULL);
	}
}

/* Only what belongs to the unit names it. */

static void associations(void **state)
{
	struct piece piece;
	size_t i;
	int of;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++) {
		piece = *ranked[i];
		for (of = PORT; of < 4; of++) {
			piece.association = of;
			check_piece(&piece, NULL);
			check_pair(&piece, &t10, t10.name);
			check_pair(&t10, &piece, t10.name);
		}
	}
}

/* The SCSI core does not look at them. */

static void code_sets(void **state)
{
	struct piece piece;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++) {
		piece = *ranked[i];
		for (piece.code_set = 0; piece.code_set < 16; piece.code_set++)
			check_piece(&piece, piece.name);
	}
}

static void naa_types(void **state)
{
	struct piece piece = naa_5;
	char want[32];
	int naa;

	(void)state;
	for (naa = 0; naa < 16; naa++) {
		piece.data[0] = naa << 4 | 0x0e;
		sprintf(want, "naa.%xe00c500a1b2c3d4", naa);
		check_piece(&piece, naa >= 3 && naa <= 6 ? want : NULL);
	}
}

static void ranking_of_pairs(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < NR_CLEAR; i++) {
		for (j = i + 1; j < ARRAY_SIZE(ranked); j++) {
			if (i == NR_CLEAR - 1)
				continue;
			check_pair(ranked[i], ranked[j], ranked[i]->name);
			check_pair(ranked[j], ranked[i], ranked[i]->name);
		}
	}
}

static void nameless_do_not_matter(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++) {
		for (j = 0; j < ARRAY_SIZE(nameless); j++) {
			check_pair(ranked[i], nameless[j], ranked[i]->name);
			check_pair(nameless[j], ranked[i], ranked[i]->name);
		}
	}
}

/* Heap's way through all orders of @pieces */

static void permute(const struct piece **pieces, size_t nr, size_t all, const char *want)
{
	const struct piece *last;
	struct page page;
	size_t i, other;

	if (nr == 1) {
		build(&page, pieces, all);
		check_name(&page, want);
		check_ports(&page, page.len, 0xabcd, 0x1234);
		return;
	}
	for (i = 0; i < nr; i++) {
		permute(pieces, nr - 1, all, want);
		other = nr % 2 ? 0 : i;
		last = pieces[nr - 1];
		pieces[nr - 1] = pieces[other];
		pieces[other] = last;
	}
}

/* Eight at a time: the two of the port and six that rank one below the other */

static void every_order(void **state)
{
	const struct piece *pieces[8];
	size_t from, i;

	(void)state;
	for (from = 0; from + 6 <= ARRAY_SIZE(ranked); from++) {
		pieces[0] = &rel_port;
		pieces[1] = &port_group;
		for (i = 0; i < 6; i++)
			pieces[2 + i] = ranked[from + i];
		permute(pieces, 8, 8, ranked[from]->name);
	}
}

/* As in the SCSI core the last one stays. */

static void ties_go_to_the_last(void **state)
{
	struct piece other;
	char want[ID_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++) {
		other = *ranked[i];
		other.data[9 % other.len] = '1';
		name_of(&other, want);
		assert_string_not_equal(want, ranked[i]->name);
		check_pair(&other, ranked[i], ranked[i]->name);
		check_pair(ranked[i], &other, want);
	}
}

/* Of text the longer one stays, whichever comes first. */

static void longer_text_wins(void **state)
{
	struct piece t10_short = t10, name_short = name_string;

	(void)state;
	t10_short.len = 20;
	check_pair(&t10, &t10_short, t10.name);
	check_pair(&t10_short, &t10, t10.name);
	name_short.len = 24;
	check_pair(&name_string, &name_short, name_string.name);
	check_pair(&name_short, &name_string, name_string.name);
}

/*
 * And a text never replaces something longer: that, too, is the SCSI core's
 * way, and there the order decides. Only a UUID, which the core does not see,
 * is not in a name's way.
 */

static void shorter_text_stays_out(void **state)
{
	struct piece t10_long = t10, t10_short = t10, name_short = name_string;

	(void)state;
	t10_long.len = 40;
	memset(t10_long.data + t10.len, '-', 40 - t10.len);
	check_pair(&t10_long, &name_string, "t10.ACME    RAID 7:0000-01 -----------------");
	check_pair(&name_string, &t10_long, name_string.name);

	t10_short.len = 9;
	check_pair(&eui_16, &t10_short, eui_16.name);
	check_pair(&naa_3, &t10_short, "t10.ACME    R");
	check_pair(&t10_short, &naa_3, naa_3.name);
	check_pair(&naa_3, &t10, t10.name);
	check_pair(&t10, &naa_3, naa_3.name);

	name_short.len = 15;
	check_pair(&naa_6, &name_short, naa_6.name);
	check_pair(&name_short, &naa_6, "iqn.2001-04.com");
	check_pair(&uuid, &name_short, "iqn.2001-04.com");
	check_pair(&name_short, &uuid, "iqn.2001-04.com");
}

/* As LIO, the Linux target, lays it out */

static const u8 lio_page[] = {
	0x00, 0x83, 0x00, 0x7b,
	0x01, 0x03, 0x00, 0x10,
		0x60, 0x01, 0x40, 0x50, 0x00, 0x00, 0x00, 0x10,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x02, 0x01, 0x00, 0x1f,
		'L', 'I', 'O', '-', 'O', 'R', 'G', ' ', 'r', 'd', '_', 'm', 'c', 'p', ':',
		'0', '0', '0', '0', '0', '0', '0', '1', '0', '0', '0', '0', '0', '0', '0', 0x00,
	0x51, 0x94, 0x00, 0x04, 0x00, 0x00, 0x00, 0x02,
	0x51, 0x95, 0x00, 0x04, 0x00, 0x00, 0x00, 0x10,
	0x01, 0x06, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00,
	0x53, 0x98, 0x00, 0x14,
		'i', 'q', 'n', '.', 'p', ',', 't', ',', '0', 'x', '0', '0', '0', '1', 0x00, 0x00,
		0x00, 0x00, 0x00, 0x00,
	0x53, 0xa8, 0x00, 0x10,
		'i', 'q', 'n', '.', '2', '0', '0', '3', '-', '0', '1', '.', 'x', 0x00, 0x00, 0x00,
};

static void page_of_lio(void **state)
{
	struct page page = { .len = sizeof(lio_page) };

	(void)state;
	memcpy(page.buf, lio_page, sizeof(lio_page));
	assert_int_equal(sizeof(lio_page), 4 + 0x7b);
	check_name(&page, "naa.60014050000000100000000000000000");
	check_ports(&page, page.len, 0x10, 2);
	/* Without a serial number it has no NAA: it ends its T10 id with a NUL. */
	page.buf[5] = 0;
	check_name(&page, "t10.LIO-ORG rd_mcp:000000010000000\\0");
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(each_alone),
		cmocka_unit_test(unknown_types),
		cmocka_unit_test(associations),
		cmocka_unit_test(code_sets),
		cmocka_unit_test(naa_types),
		cmocka_unit_test(ranking_of_pairs),
		cmocka_unit_test(nameless_do_not_matter),
		cmocka_unit_test(every_order),
		cmocka_unit_test(ties_go_to_the_last),
		cmocka_unit_test(longer_text_wins),
		cmocka_unit_test(shorter_text_stays_out),
		cmocka_unit_test(page_of_lio),
	};

	return run_cases(cases);
}
