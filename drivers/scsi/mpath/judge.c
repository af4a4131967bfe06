// SPDX-License-Identifier: GPL-2.0
/*
 * Is a command that failed the fault of the command, of the unit, of the target
 * port or of the path? Documentation/health.md has the same table for readers;
 * tests/unit/judge.c compares the two.
 */
#include "judge.h"

#define ANY	(-1)

/*
 * The first line that fits decides. What the SCSI core repeats comes here when it
 * has given up on it.
 */
static const struct {
	short	host;
	short	status;
	short	key;
	short	asc;
	short	ascq;
	enum scsi_mpath_verdict verdict;
} lines[] = {
	/* RESERVATION CONFLICT */
	{ ANY, 0x18, ANY, ANY, ANY, VERDICT_CALLER },

	/* NOT READY: the target port's state, SPC-4 5.9.2.4 */
	{ 0x00, 0x02, 0x02, 0x04, 0x0a, VERDICT_REQUEUE },
	{ 0x00, 0x02, 0x02, 0x04, 0x0b, VERDICT_REQUEUE },
	{ 0x00, 0x02, 0x02, 0x04, 0x0c, VERDICT_REQUEUE },
	/* NOT READY: of the unit, or of the controller that says so */
	{ 0x00, 0x02, 0x02, ANY, ANY, VERDICT_OTHER },
	/* MEDIUM ERROR */
	{ 0x00, 0x02, 0x03, ANY, ANY, VERDICT_CALLER },
	/*
	 * HARDWARE ERROR, INTERNAL TARGET FAILURE: what a controller of an array
	 * says of itself, while the other one is well.
	 */
	{ 0x00, 0x02, 0x04, 0x44, 0x00, VERDICT_OTHER },
	/* HARDWARE ERROR */
	{ 0x00, 0x02, 0x04, ANY, ANY, VERDICT_CALLER },
	/* ILLEGAL REQUEST, LOGICAL UNIT NOT SUPPORTED: unmapped from this port */
	{ 0x00, 0x02, 0x05, 0x25, 0x00, VERDICT_FAILOVER },
	/* ILLEGAL REQUEST */
	{ 0x00, 0x02, 0x05, ANY, ANY, VERDICT_CALLER },
	/* DATA PROTECT: write protected, no space left, no access */
	{ 0x00, 0x02, 0x07, ANY, ANY, VERDICT_CALLER },
	/* BLANK CHECK */
	{ 0x00, 0x02, 0x08, ANY, ANY, VERDICT_CALLER },
	/* COPY ABORTED */
	{ 0x00, 0x02, 0x0a, ANY, ANY, VERDICT_CALLER },
	/* ABORTED COMMAND, PROTECTION INFORMATION CHECK FAILED */
	{ 0x00, 0x02, 0x0b, 0x10, ANY, VERDICT_CALLER },
	/* VOLUME OVERFLOW */
	{ 0x00, 0x02, 0x0d, ANY, ANY, VERDICT_CALLER },
	/* MISCOMPARE */
	{ 0x00, 0x02, 0x0e, ANY, ANY, VERDICT_CALLER },
	/* ABORTED COMMAND, UNIT ATTENTION, what is a vendor's, a deferred error */
	{ 0x00, 0x02, ANY, ANY, ANY, VERDICT_OTHER },

	/* BUSY, TASK SET FULL, TASK ABORTED, ... */
	{ 0x00, ANY, ANY, ANY, ANY, VERDICT_OTHER },

	/* No connection, failed fast, time-out, aborted, reset, error, ... */
	{ ANY, ANY, ANY, ANY, ANY, VERDICT_FAILOVER },
};

static bool fits(short wanted, u8 value)
{
	return wanted == ANY || wanted == value;
}

/**
 * scsi_mpath_judge() - what is to become of a command that failed
 * @end: how it ended
 *
 * Context: any.
 * Return: the verdict.
 */
enum scsi_mpath_verdict scsi_mpath_judge(const struct scsi_mpath_end *end)
{
	unsigned int i = 0;

	/* The last line fits all. */
	while (!fits(lines[i].host, end->host) ||
	       !fits(lines[i].status, end->status) ||
	       !fits(lines[i].key, end->key) ||
	       !fits(lines[i].asc, end->asc) ||
	       !fits(lines[i].ascq, end->ascq))
		i++;
	return lines[i].verdict;
}
