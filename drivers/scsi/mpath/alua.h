/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decoding of REPORT TARGET PORT GROUPS parameter data, SPC-4 6.27. Pure: no
 * allocation, no lock, no kernel interface but types, so that tests outside
 * of the kernel compile the same file. Nothing that is read is trusted.
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
 */
struct alua_group {
	u16		id;
	u8		state;
	bool		pref;
};

bool alua_open_report(struct alua_report *report, const u8 *buf, size_t len);
bool alua_next_group(struct alua_report *report, struct alua_group *group);
bool alua_state_is_active(u8 state);

#endif /* _SCSI_MPATH_ALUA_H */
