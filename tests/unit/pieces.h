/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VPD pages 0x83 for the tests of designator.c, put together from pieces, each
 * of which is one designator.
 */
#ifndef TESTS_PIECES_H
#define TESTS_PIECES_H

#include "unit.h"

#include "designator.h"

#define UNIT	0
#define PORT	1
#define DEVICE	2

#define BINARY	1
#define ASCII	2
#define UTF8	3

#define ID_LEN	256

/* One designator, and the name of the unit if there is nothing else */
struct piece {
	u8 code_set;
	u8 association;
	u8 type;
	u8 len;
	u8 data[255];
	const char *name;
};

struct page {
	u8 buf[4096];
	size_t len;
};

/* The kinds that can name a unit; see also the SCSI core's wwid file. */
static const struct piece name_string = {
	.code_set = UTF8, .type = 8, .len = 36,
	.data = "iqn.2001-04.com.example:disk.4711",
	.name = "iqn.2001-04.com.example:disk.4711",
};

static const struct piece naa_6 = {
	.code_set = BINARY, .type = 3, .len = 16,
	.data = { 0x60, 0x01, 0x40, 0x5a, 0xbc, 0xde, 0xf0, 0x12,
		  0x34, 0x56, 0x78, 0x9a, 0x00, 0xff, 0x7f, 0x80 },
	.name = "naa.6001405abcdef0123456789a00ff7f80",
};

static const struct piece eui_16 = {
	.code_set = BINARY, .type = 2, .len = 16,
	.data = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
		  0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10 },
	.name = "eui.0123456789abcdeffedcba9876543210",
};

static const struct piece eui_12 = {
	.code_set = BINARY, .type = 2, .len = 12,
	.data = { 0x00, 0x22, 0xa1, 0x00, 0x00, 0x00, 0x00, 0x01,
		  0x00, 0x00, 0x00, 0x09 },
	.name = "eui.0022a1000000000100000009",
};

static const struct piece naa_5 = {
	.code_set = BINARY, .type = 3, .len = 8,
	.data = { 0x50, 0x00, 0xc5, 0x00, 0xa1, 0xb2, 0xc3, 0xd4 },
	.name = "naa.5000c500a1b2c3d4",
};

static const struct piece naa_4 = {
	.code_set = BINARY, .type = 3, .len = 8,
	.data = { 0x40, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07 },
	.name = "naa.4001020304050607",
};

static const struct piece eui_8 = {
	.code_set = BINARY, .type = 2, .len = 8,
	.data = { 0x00, 0x25, 0x38, 0xff, 0xfe, 0x00, 0x00, 0x01 },
	.name = "eui.002538fffe000001",
};

static const struct piece uuid = {
	.code_set = BINARY, .type = 0xa, .len = 18,
	.data = { 0x10, 0x00,
		  0xf8, 0x1d, 0x4f, 0xae, 0x7d, 0xec, 0x11, 0xd0,
		  0xa7, 0x65, 0x00, 0xa0, 0xc9, 0x1e, 0x6b, 0xf6 },
	.name = "uuid.f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
};

static const struct piece naa_3 = {
	.code_set = BINARY, .type = 3, .len = 8,
	.data = { 0x33, 0x33, 0x33, 0x30, 0x00, 0x00, 0x0b, 0xb8 },
	.name = "naa.3333333000000bb8",
};

static const struct piece t10 = {
	.code_set = ASCII, .type = 1, .len = 23,
	.data = "ACME    RAID 7:0000-01 ",
	.name = "t10.ACME    RAID 7:0000-01 ",
};

/* And those that cannot */
static const struct piece naa_2 = {
	.code_set = BINARY, .type = 3, .len = 8,
	.data = { 0x20, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07 },
};

static const struct piece vendor_specific = {
	.code_set = ASCII, .type = 0, .len = 12, .data = "whatever 123",
};

static const struct piece unit_group = {
	.code_set = BINARY, .type = 6, .len = 4, .data = { 0, 0, 0, 1 },
};

static const struct piece md5 = {
	.code_set = BINARY, .type = 7, .len = 16,
	.data = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
};

static const struct piece port_naa = {
	.code_set = BINARY, .association = PORT, .type = 3, .len = 8,
	.data = { 0x50, 0, 0, 0, 0, 0, 0, 1 },
};

static const struct piece device_name = {
	.code_set = UTF8, .association = DEVICE, .type = 8, .len = 20,
	.data = "naa.5000000000000002",
};

static const struct piece rel_port = {
	.code_set = BINARY, .association = PORT, .type = 4, .len = 4,
	.data = { 0xff, 0xff, 0x12, 0x34 },
};

static const struct piece port_group = {
	.code_set = BINARY, .association = PORT, .type = 5, .len = 4,
	.data = { 0xff, 0xff, 0xab, 0xcd },
};

/* Best first; of the last two neither is better. */
static const struct piece * const ranked[] = {
	&name_string, &naa_6, &eui_16, &eui_12, &naa_5, &naa_4, &eui_8, &uuid, &naa_3, &t10,
};

#define NR_CLEAR	9	/* those whose place is clear */

static const struct piece * const nameless[] = {
	&naa_2, &vendor_specific, &unit_group, &md5, &port_naa, &device_name,
	&rel_port, &port_group,
};

static inline void set_page_len(struct page *page, size_t said)
{
	page->buf[2] = said >> 8;
	page->buf[3] = said & 0xff;
}

static inline void open_page(struct page *page)
{
	memset(page->buf, 0, 4);
	page->buf[1] = 0x83;
	page->len = 4;
}

/* Reserved bits, protocol and PIV are set. */
static inline void add(struct page *page, const struct piece *piece)
{
	u8 *head = page->buf + page->len;

	head[0] = 0x50 | piece->code_set;
	head[1] = 0xc0 | piece->association << 4 | piece->type;
	head[2] = 0xff;
	head[3] = piece->len;
	memcpy(head + 4, piece->data, piece->len);
	page->len += 4 + piece->len;
	set_page_len(page, page->len - 4);
}

static inline void build(struct page *page, const struct piece * const *pieces, size_t nr)
{
	size_t i;

	open_page(page);
	for (i = 0; i < nr; i++)
		add(page, pieces[i]);
}

/* Only @len bytes of the page are there; NULL for @want: there is no name. */
static inline void check_prefix(const struct page *page, size_t len, const char *want)
{
	u8 *copy = exact(page->buf, len);
	char *id = malloc(ID_LEN);
	int ret;

	memset(id, 'x', ID_LEN);
	ret = designator_unit_id(copy, len, id, ID_LEN);
	if (want) {
		check(ret > 0, "no name in %zu bytes, and not %s", len, want);
		assert_string_equal(id, want);
		assert_int_equal(ret, strlen(want));
	} else {
		assert_int_equal(ret, -1);
		check(id[0] == 'x', "untouched without a name");
	}
	free(id);
	free(copy);
}

static inline void check_name(const struct page *page, const char *want)
{
	check_prefix(page, page->len, want);
}

static inline void check_piece(const struct piece *piece, const char *want)
{
	struct page page;

	build(&page, &piece, 1);
	check_name(&page, want);
}

static inline void check_pair(const struct piece *a, const struct piece *b, const char *want)
{
	const struct piece * const pair[] = { a, b };
	struct page page;

	build(&page, pair, 2);
	check_name(&page, want);
}

static inline void check_ports(const struct page *page, size_t len, int group, int port)
{
	u8 *copy = exact(page->buf, len);
	int got_group = 77, got_port = 77;
	bool ret = designator_port(copy, len, &got_group, &got_port);

	check(got_group == group && got_port == port, "%zu bytes: group %d, port %d",
	      len, got_group, got_port);
	assert_int_equal(ret, group >= 0);
	free(copy);
}

/* What the unit is called if this is all there is */
static inline void name_of(const struct piece *piece, char *id)
{
	struct page page;

	build(&page, &piece, 1);
	check(designator_unit_id(page.buf, page.len, id, ID_LEN) > 0, "no name");
}

#endif /* TESTS_PIECES_H */
