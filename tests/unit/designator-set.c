// SPDX-License-Identifier: GPL-2.0
/*
 * VPD page 0x83: numbers that nobody has given, who vouches for a name, and whether
 * two pages are those of one unit.
 */
#include "pieces.h"

/*
 * The authority's part of @like, with one and the same byte for what is its to give:
 * that names nothing. With one other nibble at the end it does.
 */
static void check_blank(const struct piece *like, int from, int to, u8 byte)
{
	struct piece piece = *like;
	struct page page;
	const struct piece *one = &piece;
	char id[ID_LEN];
	int at;

	for (at = 0; at < 2 * like->len; at++) {
		if (at >= from && at < to)
			continue;
		piece.data[at / 2] &= at & 1 ? 0xf0 : 0x0f;
		piece.data[at / 2] |= byte & (at & 1 ? 0x0f : 0xf0);
	}
	check_piece(&piece, NULL);
	check_pair(&piece, &t10, t10.name);
	piece.data[like->len - 1] ^= 0x01;
	build(&page, &one, 1);
	check(designator_unit_id(page.buf, page.len, id, ID_LEN) > 0, "no name");
}

static void numbers_nobody_gave(void **state)
{
	static const u8 bytes[] = { 0x00, 0xff };
	struct piece naa_2_to_6;
	size_t i;
	int naa;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bytes); i++) {
		check_blank(&naa_6, 0, 7, bytes[i]);
		check_blank(&naa_5, 0, 7, bytes[i]);
		check_blank(&naa_4, 0, 1, bytes[i]);
		check_blank(&naa_3, 0, 1, bytes[i]);
		check_blank(&eui_8, 0, 6, bytes[i]);
		check_blank(&eui_12, 0, 6, bytes[i]);
		check_blank(&eui_16, 16, 22, bytes[i]);
		check_blank(&uuid, 0, 4, bytes[i]);
	}
	/* Nothing but zeros, and nothing but ones, whatever it calls itself */
	for (naa = 0; naa < 16; naa++) {
		naa_2_to_6 = naa_5;
		memset(naa_2_to_6.data, 0, sizeof(naa_2_to_6.data));
		naa_2_to_6.data[0] = naa << 4;
		check_piece(&naa_2_to_6, NULL);
		naa_2_to_6.len = 16;
		check_piece(&naa_2_to_6, NULL);
	}
}

static void vendor_and_nothing(void **state)
{
	static const char fill[] = { '\0', ' ' };
	struct piece piece;
	int len, i;

	(void)state;
	for (i = 0; i < 2; i++) {
		piece = t10;
		memset(piece.data + 8, fill[i], sizeof(piece.data) - 8);
		for (len = 8; len < 64; len++) {
			piece.len = len;
			check_piece(&piece, NULL);
			check_pair(&piece, &uuid, uuid.name);
		}
		/* Blanks, then a NUL */
		piece.data[20] = '\0';
		check_piece(&piece, NULL);
		/* And nobody, with a number */
		piece = t10;
		memset(piece.data, fill[i], 8);
		check_piece(&piece, NULL);
	}
}

static void who_vouches(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++)
		check(designator_is_vouched(ranked[i]->name) ==
		      (ranked[i] != &naa_3 && ranked[i] != &t10), "%s", ranked[i]->name);
	assert_true(designator_is_vouched(""));
	assert_true(designator_is_vouched("t10"));
	assert_true(designator_is_vouched("naa."));
	assert_false(designator_is_vouched("naa.3"));
}

static void read_set(struct designator_set *set, const struct piece * const *pieces, size_t nr)
{
	struct page page;
	u8 *copy;

	build(&page, pieces, nr);
	copy = exact(page.buf, page.len);
	designator_read_set(copy, page.len, set);
	check(set->len <= sizeof(set->names), "%u bytes", set->len);
	free(copy);
}

/* Up to three pieces; the rest are NULL. */
#define PAGE(...)	((const struct piece * const [4]) { __VA_ARGS__ })
#define check_same(a, b, want)	check_sets(a, b, want, __LINE__)

static size_t count(const struct piece * const *pieces)
{
	size_t nr = 0;

	while (pieces[nr])
		nr++;
	return nr;
}

static void check_known(const struct piece * const *known, const struct piece * const *page,
			bool want, int line)
{
	struct designator_set set_known, set_page;

	read_set(&set_known, known, count(known));
	read_set(&set_page, page, count(page));
	check(designator_sets_agree(&set_known, &set_page) == want, "line %d", line);
}

static void check_sets(const struct piece * const *a, const struct piece * const *b,
		       bool want, int line)
{
	check_known(a, b, want, line);
	check_known(b, a, want, line);
}

/* The same piece with another last byte */
static struct piece another(const struct piece *like)
{
	struct piece piece = *like;

	piece.data[piece.len - 1] ^= 0x01;
	return piece;
}

static void firmware_adds_a_name(void **state)
{
	(void)state;
	check_same(PAGE(&naa_6), PAGE(&naa_6, &name_string), true);
	check_same(PAGE(&naa_6), PAGE(&name_string, &naa_6), true);
	check_same(PAGE(&naa_5), PAGE(&naa_6, &naa_5), true);
	check_same(PAGE(&t10, &naa_5), PAGE(&naa_6, &naa_5, &eui_16), true);
	/* The better one is news; that it was lost is another matter. */
	check_known(PAGE(&t10), PAGE(&t10, &uuid), true, __LINE__);
	/* And two add different ones. */
	check_same(PAGE(&naa_5, &eui_8), PAGE(&naa_5, &name_string), true);
}

static void another_unit(void **state)
{
	struct piece other_6 = another(&naa_6), other_5 = another(&naa_5);
	struct piece other_3 = another(&naa_3);

	(void)state;
	check_same(PAGE(&naa_6), PAGE(&other_6), false);
	check_same(PAGE(&naa_6), PAGE(&naa_5), false);
	check_same(PAGE(&naa_6), PAGE(&rel_port), false);
	check_same(PAGE(&rel_port), PAGE(&rel_port), false);
	/* What is weaker does not join what is told apart. */
	check_same(PAGE(&naa_6, &t10), PAGE(&other_6, &t10), false);
	check_same(PAGE(&naa_6, &naa_5, &t10), PAGE(&other_6, &naa_5, &t10), false);
	check_same(PAGE(&name_string, &naa_5), PAGE(&naa_6, &other_5), false);
	check_same(PAGE(&naa_3, &t10), PAGE(&other_3, &t10), false);
}

/* A text that two units share, and what tells them apart; a number needs no help. */
static void weaker_name_differs(void **state)
{
	struct piece other_6 = another(&naa_6), other_5 = another(&naa_5);

	(void)state;
	check_same(PAGE(&name_string, &naa_6), PAGE(&name_string, &other_6), false);
	check_same(PAGE(&name_string, &naa_6, &t10), PAGE(&name_string, &other_6, &t10), false);
	check_same(PAGE(&name_string, &t10), PAGE(&name_string, &t10), true);
	check_same(PAGE(&naa_6, &naa_5), PAGE(&naa_6, &other_5), true);
	check_same(PAGE(&naa_6, &naa_5), PAGE(&naa_6, &naa_5, &other_5), true);
	check_same(PAGE(&name_string, &naa_6), PAGE(&name_string, &naa_5), true);
}

/* A unit for which an authority vouches is not known again by its product's name. */
static void better_name_is_lost(void **state)
{
	(void)state;
	check_known(PAGE(&naa_6, &t10), PAGE(&t10), false, __LINE__);
	check_known(PAGE(&naa_6, &naa_3), PAGE(&naa_3), false, __LINE__);
	check_known(PAGE(&uuid, &t10), PAGE(&naa_3, &t10), false, __LINE__);
	check_same(PAGE(&naa_6, &t10), PAGE(&eui_16, &t10), false);
	check_known(PAGE(&naa_6, &naa_5, &t10), PAGE(&naa_5, &t10), true, __LINE__);
	/* With multipath=always it may be all that there is. */
	check_known(PAGE(&t10), PAGE(&t10), true, __LINE__);
	check_known(PAGE(&t10), PAGE(&naa_6, &t10), true, __LINE__);
	check_known(PAGE(&naa_3, &t10), PAGE(&t10), true, __LINE__);
}

/* Of two of a kind one may be the array's. */
static void two_of_a_kind(void **state)
{
	struct piece second = another(&naa_6), third = naa_6;

	(void)state;
	third.data[9] = 0x77;
	check_same(PAGE(&naa_6, &second), PAGE(&second, &naa_6), true);
	check_same(PAGE(&naa_6, &second), PAGE(&second), true);
	check_same(PAGE(&naa_6, &second), PAGE(&naa_6, &third), false);
	check_same(PAGE(&naa_6, &second, &t10), PAGE(&naa_6, &third, &t10), false);
	/* One and the same twice is one. */
	check_same(PAGE(&naa_6, &naa_6), PAGE(&naa_6, &second), true);
}

static void other_pages(void **state)
{
	const struct piece * const pieces[] = { &naa_6, &t10 };
	struct designator_set set;
	struct page page;

	(void)state;
	build(&page, pieces, 2);
	page.buf[0] = 0x60;
	designator_read_set(page.buf, page.len, &set);
	assert_int_equal(set.len, 0);
	build(&page, pieces, 2);
	page.buf[1] = 0x80;
	designator_read_set(page.buf, page.len, &set);
	assert_int_equal(set.len, 0);
	designator_read_set(page.buf, 0, &set);
	assert_int_equal(set.len, 0);
}

/* More than there is room for: the best are kept. */
static void too_many(void **state)
{
	struct piece vendors[8];
	const struct piece *pieces[10] = { NULL };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(vendors); i++) {
		vendors[i] = t10;
		vendors[i].len = 120;
		memset(vendors[i].data + 8, 'a' + i, 112);
		pieces[i] = &vendors[i];
	}
	pieces[8] = &naa_6;
	check_same(pieces, PAGE(&naa_6), true);
	vendors[0].len = 255;
	memset(vendors[0].data + 8, 0x01, 247);
	pieces[1] = NULL;
	check_same(pieces, PAGE(&naa_6), false);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(numbers_nobody_gave),
		cmocka_unit_test(vendor_and_nothing),
		cmocka_unit_test(who_vouches),
		cmocka_unit_test(firmware_adds_a_name),
		cmocka_unit_test(another_unit),
		cmocka_unit_test(weaker_name_differs),
		cmocka_unit_test(better_name_is_lost),
		cmocka_unit_test(two_of_a_kind),
		cmocka_unit_test(other_pages),
		cmocka_unit_test(too_many),
	};

	return run_cases(cases);
}
