/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decoding of the Device Identification VPD page (0x83), SPC-4 7.7.3: which
 * unit is this, and through which target port is it seen? As pure as alua.h.
 */
#ifndef _SCSI_MPATH_DESIGNATOR_H
#define _SCSI_MPATH_DESIGNATOR_H

#include <linux/types.h>

#define DESIGNATOR_SET_LEN	510

/**
 * struct designator_set - all names by which a unit is known
 * @len: how many bytes of @names are in use
 * @names: they are designator.c's
 */
struct designator_set {
	u16	len;
	u8	names[DESIGNATOR_SET_LEN];
};

int designator_unit_id(const u8 *page, size_t len, char *id, size_t size);
bool designator_is_vouched(const char *id);
void designator_read_set(const u8 *page, size_t len, struct designator_set *set);
bool designator_sets_agree(const struct designator_set *known,
			   const struct designator_set *set);
bool designator_port(const u8 *page, size_t len, int *group, int *rel_port);
u64 designator_target(const u8 *page, size_t len);

#endif /* _SCSI_MPATH_DESIGNATOR_H */
