/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decoding of REPORT TARGET PORT GROUPS parameter data, SPC-4 6.27, and what
 * SET TARGET PORT GROUPS sends, 6.32. Pure: no allocation, no lock, no kernel
 * interface but types, so that tests outside of the kernel compile the same
 * file. Nothing that is read is trusted.
 */
#ifndef _SCSI_MPATH_ALUA_H
#define _SCSI_MPATH_ALUA_H

#include <linux/types.h>

/* Asymmetric access states, SPC-4 5.9.2.4 and 6.27 */
enum alua_state {
	ALUA_OPTIMIZED		= 0x0,
	ALUA_NONOPTIMIZED	= 0x1,
	ALUA_STANDBY		= 0x2,
	ALUA_UNAVAILABLE	= 0x3,
	ALUA_LBA_DEPENDENT	= 0x4,
	ALUA_OFFLINE		= 0xe,
	ALUA_TRANSITIONING	= 0xf,
};

/* The states a group can be in, as bits of struct alua_group.supported */
enum alua_supported {
	ALUA_SUP_OPTIMIZED	= 0x01,
	ALUA_SUP_NONOPTIMIZED	= 0x02,
	ALUA_SUP_STANDBY	= 0x04,
	ALUA_SUP_UNAVAILABLE	= 0x08,
	ALUA_SUP_LBA_DEPENDENT	= 0x10,
	ALUA_SUP_OFFLINE	= 0x40,
	ALUA_SUP_TRANSITIONING	= 0x80,
};

/* What made the last change of a group's state */
enum alua_status {
	ALUA_STATUS_NONE	= 0x00,
	ALUA_STATUS_SET		= 0x01,	/* SET TARGET PORT GROUPS */
	ALUA_STATUS_IMPLICIT	= 0x02,	/* the target itself */
};

/* Parameter list of a SET TARGET PORT GROUPS for one group */
#define ALUA_STPG_LEN	8

/**
 * struct alua_report - a walk over one report
 * @buf: the parameter data
 * @end: how many bytes of it are valid
 * @needed: how many bytes the target says there are; more than @end if the
 *	buffer was too small
 * @transition_secs: the implicit transition time, 0 if the target gives none
 * @next: where the next descriptor starts
 */
struct alua_report {
	const u8	*buf;
	size_t		end;
	size_t		needed;
	size_t		next;
	u8		transition_secs;
};

/**
 * struct alua_group - one target port group descriptor
 * @id: the target port group
 * @state: enum alua_state
 * @pref: it is the preferred one
 * @supported: bits of enum alua_supported
 * @status: enum alua_status, or a value the standard does not define
 * @cut: it has more ports than lie within the report, which is cut short
 * @nr_ports: how many target port descriptors of it lie within the report
 * @ports: the first of them, in the report's buffer
 *
 * Nothing keeps a target from reporting one @id twice.
 */
struct alua_group {
	u16		id;
	u8		state;
	bool		pref;
	u8		supported;
	u8		status;
	bool		cut;
	u8		nr_ports;
	const u8	*ports;
};

bool alua_open_report(struct alua_report *report, const u8 *buf, size_t len);
bool alua_next_group(struct alua_report *report, struct alua_group *group);
bool alua_group_has_port(const struct alua_group *group, u16 rel_port);
bool alua_state_is_active(u8 state);
size_t alua_fill_stpg(u8 *buf, u16 group, u8 state);

#endif /* _SCSI_MPATH_ALUA_H */
