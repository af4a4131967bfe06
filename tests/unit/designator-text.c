// SPDX-License-Identifier: GPL-2.0
/* How designators are printed, which cannot be, and room for the name. */
#include "pieces.h"

static bool is_one_of(int len, const int *lens)
{
	while (*lens && *lens != len)
		lens++;
	return *lens;
}

/* Does the designator name the unit at every length but these? */

static void check_lengths(const struct piece *piece, const int *lens)
{
	struct piece cut = *piece;
	struct page page;
	const struct piece *one = &cut;
	char id[ID_LEN];
	int len, ret;

	for (len = 0; len < 256; len++) {
		cut.len = len;
		build(&page, &one, 1);
		ret = designator_unit_id(page.buf, page.len, id, sizeof(id));
		check((ret > 0) == is_one_of(len, lens), "type %d of %d bytes: %d",
		      piece->type, len, ret);
		/* And it is not in the way of another. */
		check_pair(&cut, &naa_6, naa_6.name);
	}
}

static void lengths(void **state)
{
	static const int naa[] = { 8, 16, 0 }, eui[] = { 8, 12, 16, 0 }, uu[] = { 18, 0 };

	(void)state;
	check_lengths(&naa_6, naa);
	check_lengths(&naa_5, naa);
	check_lengths(&naa_3, naa);
	check_lengths(&eui_16, eui);
	check_lengths(&uuid, uu);
	check_lengths(&md5, (const int[]){ 0 });
}

/* A vendor alone is not enough; what does not fit into the name is too much. */

static void t10_lengths(void **state)
{
	struct piece piece = t10;
	char want[ID_LEN + 8] = "t10.";
	int len;

	(void)state;
	memset(piece.data, 'a', sizeof(piece.data));
	for (len = 0; len < 256; len++) {
		piece.len = len;
		memset(want + 4, 'a', len);
		want[4 + len] = '\0';
		check_piece(&piece, len > 8 && len + 4 < ID_LEN ? want : NULL);
	}
}

static void t10_is_escaped(void **state)
{
	static const struct {
		u8 byte;
		const char *text;
	} special[] = {
		{ 0x00, "\\0" }, { 0x07, "\\a" }, { 0x09, "\\t" }, { 0x0a, "\\n" },
		{ 0x0b, "\\v" }, { 0x0c, "\\f" }, { 0x0d, "\\r" }, { 0x1b, "\\e" },
		{ 0x01, "\\001" }, { 0x08, "\\010" }, { 0x1f, "\\037" }, { 0x7f, "\\177" },
		{ 0x80, "\\200" }, { 0x9f, "\\237" }, { 0xa0, "\\240" }, { 0xff, "\\377" },
		{ ' ', " " }, { '"', "\"" }, { '\\', "\\" }, { '~', "~" },
	};
	struct piece piece = t10;
	char want[64];
	size_t i;

	(void)state;
	piece.len = 10;
	piece.data[9] = '1';
	for (i = 0; i < ARRAY_SIZE(special); i++) {
		piece.data[8] = special[i].byte;
		sprintf(want, "t10.ACME    %s1", special[i].text);
		check_piece(&piece, want);
	}
}

/* Every byte at every place: nothing that is not plain comes out. */

static void t10_is_always_plain(void **state)
{
	struct piece piece = t10;
	const struct piece *one = &piece;
	struct page page;
	char id[ID_LEN];
	int at, byte, i;

	(void)state;
	for (at = 0; at < t10.len; at++) {
		for (byte = 0; byte < 256; byte++) {
			piece = t10;
			piece.data[at] = byte;
			build(&page, &one, 1);
			assert_true(designator_unit_id(page.buf, page.len, id, sizeof(id)) > 0);
			for (i = 0; id[i]; i++)
				check(id[i] >= ' ' && id[i] <= '~', "%#x at %d", byte, at);
		}
	}
}

/* A name string that is not plain is none; the next best serves. */

static void name_with_odd_bytes(void **state)
{
	struct piece piece;
	int at, byte;

	(void)state;
	for (at = 0; at < 32; at++) {
		for (byte = 0; byte < 256; byte++) {
			if (byte >= ' ' && byte <= '~')
				continue;
			piece = name_string;
			piece.data[at] = byte;
			check_piece(&piece, NULL);
			check_pair(&piece, &eui_8, eui_8.name);
			check_pair(&eui_8, &piece, eui_8.name);
		}
	}
}

static void name_with_plain_bytes(void **state)
{
	struct piece piece = name_string;
	char want[64];
	int byte;

	(void)state;
	for (byte = ' '; byte <= '~'; byte++) {
		piece.data[0] = byte;
		sprintf(want, "%cqn.2001-04.com.example:disk.4711", byte);
		check_piece(&piece, want);
	}
}

/* Filled up with NULs, or not even ended by one */

static void name_padding(void **state)
{
	struct piece piece = name_string;

	(void)state;
	for (piece.len = 33; piece.len < 255; piece.len++)
		check_piece(&piece, name_string.name);
	piece.len = 40;
	piece.data[39] = 'x';
	check_piece(&piece, NULL);
	piece.data[39] = 0;
	piece.data[34] = ' ';
	check_piece(&piece, NULL);
}

static void name_that_is_empty(void **state)
{
	struct piece piece = { .code_set = UTF8, .type = 8 };

	(void)state;
	for (piece.len = 0; piece.len < 64; piece.len++) {
		check_piece(&piece, NULL);
		check_pair(&t10, &piece, t10.name);
	}
}

/* One type of UUID is defined; the other bits of its byte are reserved. */

static void uuid_types(void **state)
{
	struct piece piece = uuid;
	int byte;

	(void)state;
	piece.data[1] = 0xff;
	for (byte = 0; byte < 256; byte++) {
		piece.data[0] = byte;
		check_piece(&piece, byte >> 4 == 1 ? uuid.name : NULL);
	}
}

/* Names that fit get in, and nothing is written behind them. */

static void room(void **state)
{
	const struct piece *one;
	struct page page;
	size_t i, size;
	char *id;
	int ret;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ranked); i++) {
		one = ranked[i];
		build(&page, &one, 1);
		for (size = 0; size < 64; size++) {
			id = malloc(size);
			ret = designator_unit_id(page.buf, page.len, id, size);
			if (size > strlen(one->name)) {
				assert_int_equal(ret, strlen(one->name));
				assert_string_equal(id, one->name);
			} else {
				assert_int_equal(ret, -1);
			}
			free(id);
		}
	}
}

static void too_long_leaves_the_next(void **state)
{
	const struct piece * const pieces[] = { &naa_5, &naa_6, &uuid };
	struct page page;
	char id[ID_LEN];

	(void)state;
	build(&page, pieces, ARRAY_SIZE(pieces));
	assert_int_equal(designator_unit_id(page.buf, page.len, id, 37), 36);
	assert_string_equal(id, naa_6.name);
	assert_int_equal(designator_unit_id(page.buf, page.len, id, 36), 20);
	assert_string_equal(id, naa_5.name);
}

int main(void)
{
	static const struct CMUnitTest cases[] = {
		cmocka_unit_test(lengths),
		cmocka_unit_test(t10_lengths),
		cmocka_unit_test(t10_is_escaped),
		cmocka_unit_test(t10_is_always_plain),
		cmocka_unit_test(name_with_odd_bytes),
		cmocka_unit_test(name_with_plain_bytes),
		cmocka_unit_test(name_padding),
		cmocka_unit_test(name_that_is_empty),
		cmocka_unit_test(uuid_types),
		cmocka_unit_test(room),
		cmocka_unit_test(too_long_leaves_the_next),
	};

	return run_cases(cases);
}
