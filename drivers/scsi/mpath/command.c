// SPDX-License-Identifier: GPL-2.0
/* Commands of our own: what the ALUA engine and the probe send. */
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

/* SAM-4 5.14: each unit attention condition costs the command one try. */
#define UNIT_ATTENTION_RETRIES	5

static int execute(struct scsi_device *sdev, const u8 *cdb, blk_opf_t op,
		   void *buf, unsigned int len, int timeout,
		   struct scsi_mpath_answer *answer)
{
	struct scsi_failure failure_defs[] = {
		{
			.result = SAM_STAT_CHECK_CONDITION,
			.sense = UNIT_ATTENTION,
			.asc = SCMD_FAILURE_ASC_ANY,
			.ascq = SCMD_FAILURE_ASCQ_ANY,
			.allowed = UNIT_ATTENTION_RETRIES,
		},
		{}
	};
	struct scsi_failures failures = { .failure_definitions = failure_defs };
	int resid = 0, result;
	const struct scsi_exec_args args = {
		.sshdr = &answer->sshdr,
		.resid = &resid,
		.failures = &failures,
	};

	memset(answer, 0, sizeof(*answer));
	result = scsi_execute_cmd(sdev, cdb, op | REQ_FAILFAST_TRANSPORT, buf,
				  len, timeout, 0, &args);
	/* How much is missing comes from the transport: do not trust it. */
	answer->len = len - clamp(resid, 0, (int)len);
	answer->attentions = failure_defs[0].retries;
	return result;
}

/**
 * scsi_mpath_read() - send a command that reads, or moves no data
 * @sdev: through this device, which is running
 * @cdb: the command
 * @buf: where the data goes, or NULL
 * @len: how much there is room for, in bytes
 * @answer: filled in
 *
 * Unit attention conditions are retried; the device handler has seen them.
 *
 * Context: process context; sleeps until the command has completed.
 * Return: 0, the result of the SCSI command, or a negative error.
 */
int scsi_mpath_read(struct scsi_device *sdev, const u8 *cdb, void *buf,
		    unsigned int len, struct scsi_mpath_answer *answer)
{
	return execute(sdev, cdb, REQ_OP_DRV_IN, buf, len,
		       SCSI_MPATH_COMMAND_TIMEOUT, answer);
}

/**
 * scsi_mpath_write() - send a command that takes parameters
 * @sdev: through this device, which is running
 * @cdb: the command
 * @buf: the parameters
 * @len: their length in bytes
 * @timeout: in jiffies
 * @answer: filled in
 *
 * Unit attention conditions are retried, as by scsi_mpath_read().
 *
 * Context: process context; sleeps until the command has completed.
 * Return: 0, the result of the SCSI command, or a negative error.
 */
int scsi_mpath_write(struct scsi_device *sdev, const u8 *cdb, void *buf,
		     unsigned int len, int timeout,
		     struct scsi_mpath_answer *answer)
{
	return execute(sdev, cdb, REQ_OP_DRV_OUT, buf, len, timeout, answer);
}

/**
 * scsi_mpath_is_refused() - does the target not know a command, or not like it?
 * @result: what scsi_mpath_read() or scsi_mpath_write() has returned
 * @answer: what it has filled in
 *
 * Return: true if it is of no use to send the same command again.
 */
bool scsi_mpath_is_refused(int result, const struct scsi_mpath_answer *answer)
{
	return result && scsi_sense_valid(&answer->sshdr) &&
	       answer->sshdr.sense_key == ILLEGAL_REQUEST;
}
