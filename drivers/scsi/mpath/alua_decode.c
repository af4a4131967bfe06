// SPDX-License-Identifier: GPL-2.0
/* Decoding and encoding of target port group parameter data; see alua.h. */
#include "alua.h"

#define ALUA_HEADER_LEN		4
#define ALUA_EXT_HEADER_LEN	8
#define ALUA_GROUP_LEN		8
#define ALUA_PORT_LEN		4

/* All bits of enum alua_supported; the one between them is reserved. */
#define ALUA_SUP_ALL		0xdf

static u16 alua_be16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static u32 alua_be32(const u8 *p)
{
	return (u32)alua_be16(p) << 16 | alua_be16(p + 2);
}

/*
 * The format field 001b in byte 4 says that the header is the extended one. In
 * the plain format byte 4 is the first of a descriptor, where the same bits are
 * zero, so the two cannot be mixed up.
 */
static bool alua_is_extended(const u8 *buf, size_t end)
{
	return end >= ALUA_EXT_HEADER_LEN && (buf[4] & 0x70) == 0x10;
}

/**
 * alua_open_report() - start the walk over the parameter data of an RTPG
 * @report: filled in
 * @buf: what the target sent
 * @len: how many bytes of @buf were transferred
 *
 * Return: false if there is not even a header.
 */
bool alua_open_report(struct alua_report *report, const u8 *buf, size_t len)
{
	if (len < ALUA_HEADER_LEN)
		return false;

	report->buf = buf;
	report->needed = (size_t)alua_be32(buf) + ALUA_HEADER_LEN;
	report->end = report->needed < len ? report->needed : len;
	report->next = ALUA_HEADER_LEN;
	report->transition_secs = 0;
	if (alua_is_extended(buf, report->end)) {
		report->next = ALUA_EXT_HEADER_LEN;
		report->transition_secs = buf[5];
	}
	return true;
}

static u8 alua_ports_within(size_t room, u8 said)
{
	size_t fit = room / ALUA_PORT_LEN;

	return fit < said ? fit : said;
}

/**
 * alua_next_group() - the next target port group of a report
 * @report: from alua_open_report()
 * @group: filled in
 *
 * A descriptor whose list of target ports runs over the end still counts, with
 * the ports that are there.
 *
 * Return: false if there is no further descriptor.
 */
bool alua_next_group(struct alua_report *report, struct alua_group *group)
{
	const u8 *desc;
	size_t room;

	if (report->next > report->end ||
	    report->end - report->next < ALUA_GROUP_LEN)
		return false;

	desc = report->buf + report->next;
	room = report->end - report->next - ALUA_GROUP_LEN;
	group->pref = desc[0] & 0x80;
	group->state = desc[0] & 0x0f;
	group->supported = desc[1] & ALUA_SUP_ALL;
	group->id = alua_be16(desc + 2);
	group->status = desc[5];
	group->nr_ports = alua_ports_within(room, desc[7]);
	group->cut = group->nr_ports < desc[7];
	group->ports = desc + ALUA_GROUP_LEN;
	report->next += ALUA_GROUP_LEN + (size_t)desc[7] * ALUA_PORT_LEN;
	return true;
}

/**
 * alua_group_has_port() - does a target port group list a port?
 * @group: from alua_next_group(); the report's buffer must still be there
 * @rel_port: relative target port identifier
 *
 * Return: true if it does.
 */
bool alua_group_has_port(const struct alua_group *group, u16 rel_port)
{
	const u8 *port = group->ports;
	u8 i;

	for (i = 0; i < group->nr_ports; i++, port += ALUA_PORT_LEN)
		if (alua_be16(port + 2) == rel_port)
			return true;
	return false;
}

/**
 * alua_state_is_active() - does the target take reads and writes in a state?
 * @state: enum alua_state, or a value the standard does not define
 *
 * Return: true if it does; false for every value that is not known.
 */
bool alua_state_is_active(u8 state)
{
	return state == ALUA_OPTIMIZED || state == ALUA_NONOPTIMIZED ||
	       state == ALUA_LBA_DEPENDENT;
}

/**
 * alua_fill_stpg() - the parameter list of a SET TARGET PORT GROUPS
 * @buf: where it goes, ALUA_STPG_LEN bytes
 * @group: the target port group
 * @state: enum alua_state, the state it shall have
 *
 * Return: ALUA_STPG_LEN.
 */
size_t alua_fill_stpg(u8 *buf, u16 group, u8 state)
{
	int i;

	for (i = 0; i < ALUA_STPG_LEN; i++)
		buf[i] = 0;
	buf[4] = state & 0x0f;
	buf[6] = group >> 8;
	buf[7] = group & 0xff;
	return ALUA_STPG_LEN;
}
