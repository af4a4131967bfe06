// SPDX-License-Identifier: GPL-2.0
/*
 * Decoding of VPD page 0x83; see designator.h.
 *
 * The name of a unit shall be the one that the SCSI core shows as the wwid of
 * each of its paths, so the ranking is that of scsi_vpd_lun_id(). The name goes
 * into logs and sysfs, and decides which disks are one: where the page is not
 * as the standard wants it, a designator is rather passed over than guessed.
 * What two units could have by chance is no name of either.
 */
#include "designator.h"

#define PAGE_CODE		0x83
#define PAGE_HEADER_LEN		4
#define PERIPHERAL_QUALIFIER	0xe0
#define DESIGNATOR_HEADER_LEN	4
#define PORT_LEN		4
#define T10_VENDOR_LEN		8
#define UUID_LEN		18

enum designator_type {
	TYPE_T10		= 0x1,
	TYPE_EUI64		= 0x2,
	TYPE_NAA		= 0x3,
	TYPE_REL_PORT		= 0x4,
	TYPE_PORT_GROUP		= 0x5,
	TYPE_NAME		= 0x8,
	TYPE_UUID		= 0xa,
};

enum designator_association {
	OF_UNIT			= 0x00,
	OF_PORT			= 0x10,
	OF_TARGET		= 0x20,
};

/*
 * What names a unit, the best last. The SCSI core knows no UUID. It stands
 * below all that an authority hands out, so that the wwid is the name where
 * there is such a wwid. What stands below it is unique only as far as a vendor
 * or an administrator took care: two units with one such name would be joined.
 */
enum designator_rank {
	RANK_NONE,
	RANK_VENDOR,	/* T10 vendor id, NAA locally assigned */
	RANK_UUID,
	RANK_EUI64_8,
	RANK_NAA_4,	/* reserved by the standard, but the SCSI core takes it */
	RANK_NAA_5,
	RANK_EUI64_12,
	RANK_EUI64_16,
	RANK_NAA_6,
	RANK_NAME,
};

/* Above every kind, see kind_of() */
#define KIND_END		0x100

struct designator {
	u8		type;
	u8		association;
	u8		len;
	u8		rank;
	const u8	*data;
};

/* A walk over the designators of a page */
struct vpd_walk {
	const u8	*next;
	size_t		left;
};

/* Text in a buffer; @len counts on when @size is reached. */
struct text {
	char		*buf;
	size_t		size;
	size_t		len;
};

static u16 get_be16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

/* What the terminal of an admin shows as it is */
static bool is_plain(u8 c)
{
	return c >= 0x20 && c <= 0x7e;
}

/*
 * A SCSI name string ends with a NUL, and so does what fills it up. The
 * standard allows UTF-8 in it. Telling what of that may be printed takes more
 * than it is worth: another designator has to serve then.
 */
static bool is_name(const struct designator *d)
{
	u8 i, end;

	for (end = 0; end < d->len && d->data[end]; end++)
		if (!is_plain(d->data[end]))
			return false;
	for (i = end; i < d->len; i++)
		if (d->data[i])
			return false;
	return end;
}

static u8 nibble(const u8 *data, unsigned int i)
{
	return i & 1 ? data[i / 2] & 0x0f : data[i / 2] >> 4;
}

/*
 * Has anybody put a number there? Firmware that was never given one sends what
 * its memory holds, and all units that it serves do so.
 */
static bool is_number(const u8 *data, unsigned int from, unsigned int to)
{
	bool zeros = true, ones = true;

	for (; from < to; from++) {
		zeros &= nibble(data, from) == 0x0;
		ones &= nibble(data, from) == 0xf;
	}
	return !zeros && !ones;
}

/* Behind its type, 5h and 6h begin with the company that gives the rest. */
static bool is_naa_number(const struct designator *d)
{
	return is_number(d->data, d->data[0] >> 4 >= 5 ? 7 : 1, 2 * d->len);
}

static u8 rank_naa(const struct designator *d)
{
	if ((d->len != 8 && d->len != 16) || !is_naa_number(d))
		return RANK_NONE;
	switch (d->data[0] >> 4) {
	case 6:
		return RANK_NAA_6;
	case 5:
		return RANK_NAA_5;
	case 4:
		return RANK_NAA_4;
	case 3:
		return RANK_VENDOR;
	default:
		return RANK_NONE;
	}
}

/* The company comes first, or behind the first 8 of 16 bytes. */
static u8 rank_eui64(const struct designator *d)
{
	switch (d->len) {
	case 16:
		return is_number(d->data, 0, 16) || is_number(d->data, 22, 32) ?
			       RANK_EUI64_16 : RANK_NONE;
	case 12:
		return is_number(d->data, 6, 24) ? RANK_EUI64_12 : RANK_NONE;
	case 8:
		return is_number(d->data, 6, 16) ? RANK_EUI64_8 : RANK_NONE;
	default:
		return RANK_NONE;
	}
}

/* In its first byte is the type of the UUID, of which there is one so far. */
static bool is_uuid(const struct designator *d)
{
	return d->len == UUID_LEN && d->data[0] >> 4 == 1 &&
	       is_number(d->data, 4, 2 * UUID_LEN);
}

static bool is_filled(const u8 *text, u8 len)
{
	while (len && (!text[len - 1] || text[len - 1] == ' '))
		len--;
	return len;
}

/* A vendor and nothing else is the name of no unit, and neither is none. */
static bool is_t10(const struct designator *d)
{
	return d->len > T10_VENDOR_LEN && is_filled(d->data, T10_VENDOR_LEN) &&
	       is_filled(d->data + T10_VENDOR_LEN, d->len - T10_VENDOR_LEN);
}

static u8 rank_of(const struct designator *d)
{
	if (d->association != OF_UNIT)
		return RANK_NONE;
	switch (d->type) {
	case TYPE_T10:
		return is_t10(d) ? RANK_VENDOR : RANK_NONE;
	case TYPE_EUI64:
		return rank_eui64(d);
	case TYPE_NAA:
		return rank_naa(d);
	case TYPE_NAME:
		return is_name(d) ? RANK_NAME : RANK_NONE;
	case TYPE_UUID:
		return is_uuid(d) ? RANK_UUID : RANK_NONE;
	default:
		return RANK_NONE;
	}
}

/*
 * SPC-4 6.4.2: with another peripheral qualifier than 000b no unit is reached
 * through this LUN. What a target says of it nevertheless proves nothing.
 */
static bool open_page(struct vpd_walk *walk, const u8 *page, size_t len)
{
	size_t said;

	if (len < PAGE_HEADER_LEN || page[0] & PERIPHERAL_QUALIFIER ||
	    page[1] != PAGE_CODE)
		return false;
	said = get_be16(page + 2);
	walk->next = page + PAGE_HEADER_LEN;
	walk->left = len - PAGE_HEADER_LEN;
	if (walk->left > said)
		walk->left = said;
	return true;
}

/* One that runs over the end is none, and what follows it cannot be found. */
static bool next_designator(struct vpd_walk *walk, struct designator *d)
{
	const u8 *head = walk->next;

	if (walk->left < DESIGNATOR_HEADER_LEN ||
	    walk->left - DESIGNATOR_HEADER_LEN < head[3])
		return false;
	d->association = head[1] & 0x30;
	d->type = head[1] & 0x0f;
	d->len = head[3];
	d->data = head + DESIGNATOR_HEADER_LEN;
	d->rank = rank_of(d);
	walk->next = d->data + d->len;
	walk->left -= DESIGNATOR_HEADER_LEN + d->len;
	return true;
}

static void add_char(struct text *text, char c)
{
	if (text->len < text->size)
		text->buf[text->len] = c;
	text->len++;
}

static void add_string(struct text *text, const char *string)
{
	while (*string)
		add_char(text, *string++);
}

static void add_hex(struct text *text, const u8 *data, u8 len)
{
	static const char digits[] = "0123456789abcdef";

	for (; len; data++, len--) {
		add_char(text, digits[*data >> 4]);
		add_char(text, digits[*data & 0x0f]);
	}
}

/*
 * What comes behind the vendor may be anything. The SCSI core escapes it, as
 * C does, but lets bytes above 0x9f pass; here they are escaped as well.
 */
static void add_escaped(struct text *text, u8 c)
{
	static const char letters[] = {
		[0x00] = '0', [0x07] = 'a', [0x09] = 't', [0x0a] = 'n',
		[0x0b] = 'v', [0x0c] = 'f', [0x0d] = 'r', [0x1b] = 'e',
	};

	if (is_plain(c)) {
		add_char(text, c);
		return;
	}
	add_char(text, '\\');
	if (c < sizeof(letters) && letters[c]) {
		add_char(text, letters[c]);
		return;
	}
	add_char(text, '0' + (c >> 6));
	add_char(text, '0' + (c >> 3 & 7));
	add_char(text, '0' + (c & 7));
}

static void add_t10(struct text *text, const struct designator *d)
{
	u8 i;

	add_string(text, "t10.");
	for (i = 0; i < d->len; i++)
		add_escaped(text, d->data[i]);
}

/* Its text says itself what it is. */
static void add_name(struct text *text, const struct designator *d)
{
	u8 i;

	for (i = 0; i < d->len && d->data[i]; i++)
		add_char(text, d->data[i]);
}

/* RFC 4122: 4-2-2-2-6 bytes */
static void add_uuid(struct text *text, const u8 *uuid)
{
	int i;

	add_string(text, "uuid.");
	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			add_char(text, '-');
		add_hex(text, uuid + i, 1);
	}
}

/* Returns how long the text is; no more of it than @size is written. */
static size_t print_id(const struct designator *d, char *id, size_t size)
{
	struct text text = { .buf = id, .size = size };

	switch (d->type) {
	case TYPE_T10:
		add_t10(&text, d);
		break;
	case TYPE_EUI64:
		add_string(&text, "eui.");
		add_hex(&text, d->data, d->len);
		break;
	case TYPE_NAA:
		add_string(&text, "naa.");
		add_hex(&text, d->data, d->len);
		break;
	case TYPE_NAME:
		add_name(&text, d);
		break;
	case TYPE_UUID:
		add_uuid(&text, d->data + 2);
		break;
	}
	return text.len;
}

/*
 * Of two of one rank it is the last. But what is of any length never takes the
 * place of something longer, however it ranks: so the SCSI core has it, and the
 * order on the page matters then. A UUID does not count there.
 */
static bool is_better(const struct designator *d, const struct designator *best)
{
	if (d->rank == RANK_NONE || d->rank < best->rank)
		return false;
	if (best->rank == RANK_UUID ||
	    (d->type != TYPE_T10 && d->type != TYPE_NAME))
		return true;
	return d->len >= best->len;
}

/**
 * designator_unit_id() - the name of a logical unit
 * @page: VPD page 0x83
 * @len: how many bytes of it there are
 * @id: where the name goes: printable ASCII, and a NUL
 * @size: room in @id
 *
 * A name that does not fit is passed over: what is left of it might be the
 * name of another unit as well.
 *
 * Return: the length of the name, or -1 if there is none; @id is as it was then.
 */
int designator_unit_id(const u8 *page, size_t len, char *id, size_t size)
{
	struct designator d, best = { .rank = RANK_NONE };
	struct vpd_walk walk;
	size_t used;

	if (!open_page(&walk, page, len))
		return -1;
	while (next_designator(&walk, &d))
		if (is_better(&d, &best) && print_id(&d, NULL, 0) < size)
			best = d;
	if (best.rank == RANK_NONE)
		return -1;
	used = print_id(&best, id, size);
	id[used] = '\0';
	return used;
}

static bool begins_with(const char *text, const char *with)
{
	while (*with)
		if (*text++ != *with++)
			return false;
	return true;
}

/**
 * designator_is_vouched() - has an authority seen to it that a name is unique?
 * @id: the name, as designator_unit_id() prints it
 *
 * Return: false for what a vendor or an administrator has made up.
 */
bool designator_is_vouched(const char *id)
{
	return !begins_with(id, "t10.") && !begins_with(id, "naa.3");
}

/*
 * Of the kinds of names a unit may have, the better one has the higher number;
 * 0 for what names none. A T10 vendor id is the least: many are the same for all
 * units of a product.
 */
static unsigned int kind_of(const struct designator *d)
{
	return d->rank == RANK_NONE ? 0 : d->rank << 4 | d->type;
}

/* The best kind on the page that is below @than */
static unsigned int next_kind(const u8 *page, size_t len, unsigned int than)
{
	unsigned int best = 0;
	struct designator d;
	struct vpd_walk walk;

	if (!open_page(&walk, page, len))
		return 0;
	while (next_designator(&walk, &d))
		if (kind_of(&d) > best && kind_of(&d) < than)
			best = kind_of(&d);
	return best;
}

static bool is_same_text(const u8 *a, const u8 *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

/* A set is a row of names, each behind its kind and ended by a NUL. */
static const u8 *first_name(const struct designator_set *set)
{
	return set->len ? set->names : NULL;
}

static const u8 *next_name(const struct designator_set *set, const u8 *name)
{
	while (*++name)
		;
	return ++name < set->names + set->len ? name : NULL;
}

static bool has_name(const struct designator_set *set, const u8 *wanted)
{
	const u8 *name;

	for (name = first_name(set); name; name = next_name(set, name))
		if (*name == *wanted && is_same_text(name + 1, wanted + 1))
			return true;
	return false;
}

static void add_to_set(struct designator_set *set, const struct designator *d)
{
	u8 *name = set->names + set->len;
	size_t used = print_id(d, NULL, 0);

	if (used + 2 > sizeof(set->names) - set->len)
		return;
	name[0] = kind_of(d);
	print_id(d, (char *)name + 1, used);
	name[used + 1] = '\0';
	if (!has_name(set, name))
		set->len += used + 2;
}

/**
 * designator_read_set() - all names of a logical unit
 * @page: VPD page 0x83
 * @len: how many bytes of it there are
 * @set: filled in, the best kind first; what does not fit is left out
 */
void designator_read_set(const u8 *page, size_t len, struct designator_set *set)
{
	unsigned int kind = KIND_END;
	struct designator d;
	struct vpd_walk walk;

	set->len = 0;
	while ((kind = next_kind(page, len, kind))) {
		open_page(&walk, page, len);
		while (next_designator(&walk, &d))
			if (kind_of(&d) == kind)
				add_to_set(set, &d);
	}
}

/* How many names of @kind has a set, and how many of those has another? */
static size_t count_kind(const struct designator_set *set, u8 kind,
			 const struct designator_set *other, size_t *common)
{
	const u8 *name;
	size_t count = 0;

	*common = 0;
	for (name = first_name(set); name; name = next_name(set, name)) {
		if (*name != kind)
			continue;
		count++;
		*common += has_name(other, name);
	}
	return count;
}

/* Has it something better than what nobody keeps unique? */
static bool is_vouched(const struct designator_set *set)
{
	return set->names[0] >> 4 > RANK_VENDOR;
}

/**
 * designator_sets_agree() - does a set name a unit that is known?
 * @known: what is known of the unit
 * @set: the other
 *
 * Firmware may learn to send one name more, or lose one. So not the best name is
 * compared, but the best kind of name that both have: there, all that one of
 * them says must be among what the other says. What is below that kind proves
 * nothing: a vendor's text may be the same for two units that their NAA
 * tells apart. So it decides nothing of a unit for which an authority vouches,
 * and which has lost its better names. But a SCSI name string is any text: below it,
 * two sets that both have a number, and none in common, are two units'.
 *
 * Return: true if it does; false if they have no kind in common.
 */
bool designator_sets_agree(const struct designator_set *known,
			   const struct designator_set *set)
{
	size_t in_known, in_set, common;
	bool by_text = false;
	const u8 *name;

	for (name = first_name(known); name; name = next_name(known, name)) {
		if (*name >> 4 == RANK_VENDOR && (by_text || is_vouched(known)))
			break;
		in_set = count_kind(set, *name, known, &common);
		if (!in_set)
			continue;
		if (by_text && *name >> 4 != RANK_NAME)
			return common;
		in_known = count_kind(known, *name, set, &common);
		if (!common || (common != in_known && common != in_set))
			return false;
		if (*name >> 4 != RANK_NAME)
			return true;
		by_text = true;
	}
	return by_text;
}

/**
 * designator_port() - the target port through which the page was read
 * @page: VPD page 0x83
 * @len: how many bytes of it there are
 * @group: its target port group, -1 if the page has none
 * @rel_port: its relative target port identifier, -1 if the page has none
 *
 * Return: true if there is a target port group.
 */
bool designator_port(const u8 *page, size_t len, int *group, int *rel_port)
{
	struct designator d;
	struct vpd_walk walk;

	*group = -1;
	*rel_port = -1;
	if (!open_page(&walk, page, len))
		return false;
	while (next_designator(&walk, &d)) {
		if (d.association != OF_PORT || d.len < PORT_LEN)
			continue;
		if (d.type == TYPE_REL_PORT)
			*rel_port = get_be16(d.data + 2);
		else if (d.type == TYPE_PORT_GROUP)
			*group = get_be16(d.data + 2);
	}
	return *group >= 0;
}

/* FNV-1a, 64 bits */
static u64 add_hash(u64 hash, const u8 *data, size_t len)
{
	for (; len; data++, len--)
		hash = (hash ^ *data) * 0x100000001b3ULL;
	return hash;
}

/**
 * designator_target() - which target device is the page from?
 * @page: VPD page 0x83
 * @len: how many bytes of it there are
 *
 * That is for comparison only. A hash will do: who wants to be taken for another
 * target can give its names.
 *
 * Return: a hash of all that names the target device, 0 if nothing does.
 */
u64 designator_target(const u8 *page, size_t len)
{
	u64 hash = 0xcbf29ce484222325ULL;
	struct designator d;
	struct vpd_walk walk;
	bool named = false;

	if (!open_page(&walk, page, len))
		return 0;
	while (next_designator(&walk, &d)) {
		if (d.association != OF_TARGET || !d.len)
			continue;
		hash = add_hash(hash, &d.type, sizeof(d.type));
		hash = add_hash(hash, &d.len, sizeof(d.len));
		hash = add_hash(hash, d.data, d.len);
		named = true;
	}
	return named ? hash ?: 1 : 0;
}
