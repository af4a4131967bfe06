// SPDX-License-Identifier: GPL-2.0
/* Decoding of REPORT TARGET PORT GROUPS parameter data; see alua.h. */
#include "alua.h"

#define ALUA_HEADER_LEN		4
#define ALUA_EXT_HEADER_LEN	8
#define ALUA_GROUP_LEN		8
#define ALUA_PORT_LEN		4

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

/**
 * alua_next_group() - the next target port group of a report
 * @report: from alua_open_report()
 * @group: filled in
 *
 * A descriptor whose list of target ports runs over the end still counts: the
 * ports are not needed, their number only says where the next one starts.
 *
 * Return: false if there is no further descriptor.
 */
bool alua_next_group(struct alua_report *report, struct alua_group *group)
{
	const u8 *desc = report->buf + report->next;

	if (report->next > report->end ||
	    report->end - report->next < ALUA_GROUP_LEN)
		return false;

	group->pref = desc[0] & 0x80;
	group->state = desc[0] & 0x0f;
	group->id = alua_be16(desc + 2);
	report->next += ALUA_GROUP_LEN + (size_t)desc[7] * ALUA_PORT_LEN;
	return true;
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
