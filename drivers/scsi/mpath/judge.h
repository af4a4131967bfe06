/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the end of a command says, and about whom. Pure, as alua.h: tests outside
 * of the kernel compile the same file.
 */
#ifndef _SCSI_MPATH_JUDGE_H
#define _SCSI_MPATH_JUDGE_H

#include <linux/types.h>

enum scsi_mpath_verdict {
	VERDICT_CALLER,		/* the caller learns of it */
	VERDICT_OTHER,		/* each path is tried once, then the caller learns */
	VERDICT_REQUEUE,	/* another try; nobody is to blame */
	VERDICT_FAILOVER,	/* another try; the path becomes suspect */
};

/**
 * struct scsi_mpath_end - how a command ended
 * @host: the host byte
 * @status: the status byte
 * @key: the sense key; 0 if there is no sense data, or it is a deferred error's
 * @asc: the additional sense code
 * @ascq: and its qualifier
 */
struct scsi_mpath_end {
	u8	host;
	u8	status;
	u8	key;
	u8	asc;
	u8	ascq;
};

/* As struct scsi_mpath_health has it. */
static inline u32 scsi_mpath_sense_of(const struct scsi_mpath_end *end)
{
	return end->key << 16 | end->asc << 8 | end->ascq;
}

enum scsi_mpath_verdict scsi_mpath_judge(const struct scsi_mpath_end *end);

#endif /* _SCSI_MPATH_JUDGE_H */
