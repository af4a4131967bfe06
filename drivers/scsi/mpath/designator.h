/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Decoding of the Device Identification VPD page (0x83), SPC-4 7.7.3: which
 * unit is this, and through which target port is it seen? As pure as alua.h.
 */
#ifndef _SCSI_MPATH_DESIGNATOR_H
#define _SCSI_MPATH_DESIGNATOR_H

#include <linux/types.h>

int designator_unit_id(const u8 *page, size_t len, char *id, size_t size);
bool designator_port(const u8 *page, size_t len, int *group, int *rel_port);
u64 designator_target(const u8 *page, size_t len);

#endif /* _SCSI_MPATH_DESIGNATOR_H */
