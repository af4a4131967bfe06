// SPDX-License-Identifier: GPL-2.0
/* VPD page 0x83: the input is what a target sent. */
#include "fuzz.h"

#include "designator.h"

#define ID_LEN	2048	/* room for whatever a designator can be printed as */

/* Calls it with memory that ends where it should; @id has ID_LEN bytes. */
static int unit_id(const u8 *page, size_t len, char *id, size_t size)
{
	u8 *copy = exact(page, len);
	char *room = malloc(size);
	int ret;

	must(room);
	memset(room, 0x01, size);
	ret = designator_unit_id(copy, len, room, size);
	memcpy(id, room, size);
	free(room);
	free(copy);
	return ret;
}

/* There is a name that an admin can read, or nothing was touched. */
static void check_name(const u8 *page, size_t len, size_t size)
{
	char id[ID_LEN];
	int ret = unit_id(page, len, id, size);
	size_t i;

	must(ret == -1 || (ret > 0 && (size_t)ret < size));
	for (i = 0; ret > 0 && i < (size_t)ret; i++)
		must(id[i] >= ' ' && id[i] <= '~');
	if (ret > 0)
		must(id[i++] == '\0');
	else
		i = 0;
	for (; i < size; i++)
		must(id[i] == 0x01);
}

/* What a page says, each of its designators taken alone */
struct alone {
	char	id[ID_LEN];
	bool	named;
	bool	found;
	int	group;
	int	port;
};

static bool may_name_unit(const u8 *desc)
{
	u8 type = desc[1] & 0x0f;

	return !(desc[1] & 0x30) &&
	       ((type >= 0x1 && type <= 0x3) || type == 0x8 || type == 0xa);
}

static bool may_name_port(const u8 *desc, u8 type)
{
	return (desc[1] & 0x3f) == (0x10 | type);
}

/* @desc is a whole designator; @id is the name that the page gave, or "". */
static void look_at_one(const u8 *desc, const char *id, struct alone *alone)
{
	u8 page[4 + 4 + 255] = { 0, 0x83 };
	size_t len = 8 + desc[3];
	int group, port;

	page[2] = (len - 4) >> 8;
	page[3] = (len - 4) & 0xff;
	memcpy(page + 4, desc, len - 4);
	if (unit_id(page, len, alone->id, ID_LEN) > 0) {
		must(may_name_unit(desc));
		alone->named = true;
		alone->found |= !strcmp(alone->id, id);
	}
	must(designator_port(page, len, &group, &port) == (group >= 0));
	must(group < 0 || may_name_port(desc, 0x5));
	must(port < 0 || may_name_port(desc, 0x4));
	if (group >= 0)
		alone->group = group;
	if (port >= 0)
		alone->port = port;
}

/* The page says what one of its designators says, and of ports the last one. */
static void check_alone(const u8 *page, size_t len)
{
	struct alone alone = { .group = -1, .port = -1 };
	size_t at, end = 4 + page[2] * 256 + page[3];
	char id[ID_LEN] = "";
	int group, port;

	if (end > len)
		end = len;
	if (unit_id(page, len, id, ID_LEN) < 0)
		id[0] = '\0';
	for (at = 4; end - at >= 4 && end - at - 4 >= page[at + 3]; at += 4 + page[at + 3])
		look_at_one(page + at, id, &alone);
	must(alone.named == !!id[0]);
	must(alone.found == alone.named);
	designator_port(page, len, &group, &port);
	must(group == alone.group && port == alone.port);
}

/* What is behind the end the page gives itself makes no difference. */
static void check_end(const u8 *page, size_t len)
{
	size_t end = 4 + page[2] * 256 + page[3];
	char a[ID_LEN], b[ID_LEN];
	int ret;

	if (end >= len)
		return;
	ret = unit_id(page, len, a, ID_LEN);
	must(unit_id(page, end, b, ID_LEN) == ret);
	must(ret < 0 || !strcmp(a, b));
}

static void check_port(const u8 *page, size_t len)
{
	u8 *copy = exact(page, len);
	int group, port;

	must(designator_port(copy, len, &group, &port) == (group >= 0));
	must(group >= -1 && group <= 0xffff);
	must(port >= -1 && port <= 0xffff);
	designator_target(copy, len);
	free(copy);
}

/* A page is one with itself, and with nothing that says less than that. */
static void check_set(const u8 *page, size_t len)
{
	struct designator_set set, none = { .len = 0 };
	u8 *copy = exact(page, len);
	char id[ID_LEN];

	memset(&set, 0x01, sizeof(set));
	designator_read_set(copy, len, &set);
	free(copy);
	must(set.len <= sizeof(set.names));
	must(!set.len || !set.names[set.len - 1]);
	must(designator_sets_agree(&set, &set) == !!set.len);
	must(!designator_sets_agree(&set, &none) && !designator_sets_agree(&none, &set));
	/* What fits into a name of usual length fits into an empty set. */
	if (unit_id(page, len, id, 256) > 0)
		must(set.len);
	else
		id[0] = '\0';
	designator_is_vouched(id);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t len)
{
	static const size_t sizes[] = { 0, 1, 2, 21, 37, 256, ID_LEN };
	char id[ID_LEN];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		check_name(data, len, sizes[i]);
	check_port(data, len);
	check_set(data, len);
	if (len < 4 || data[1] != 0x83) {
		must(unit_id(data, len, id, ID_LEN) == -1);
		return 0;
	}
	if (data[0] & 0xe0) {
		must(unit_id(data, len, id, ID_LEN) == -1);
		return 0;
	}
	check_alone(data, len);
	check_end(data, len);
	return 0;
}
