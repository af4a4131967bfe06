// SPDX-License-Identifier: GPL-2.0
/* Commands of our own: what the ALUA engine and the probe send. */
#include <scsi/scsi.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

/* A silent connection is found out by its transport sooner than this. */
#define COMMAND_TIMEOUT		(10 * HZ)

/* SAM-4 5.14: each unit attention condition costs the command one try. */
#define UNIT_ATTENTION_RETRIES	5

/**
 * scsi_mpath_command() - send a command that reads, or moves no data
 * @sdev: through this device, which is running
 * @cdb: the command
 * @buf: where the data goes, or NULL
 * @len: how much there is room for, in bytes
 * @got: set to how many bytes came, or NULL
 * @sshdr: the sense data, valid or not
 *
 * Unit attention conditions are retried; the device handler has seen them.
 *
 * Context: process context; sleeps until the command has completed.
 * Return: 0, the result of the SCSI command, or a negative error.
 */
int scsi_mpath_command(struct scsi_device *sdev, const u8 *cdb, void *buf,
		       unsigned int len, unsigned int *got,
		       struct scsi_sense_hdr *sshdr)
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
		.sshdr = sshdr,
		.resid = &resid,
		.failures = &failures,
	};

	result = scsi_execute_cmd(sdev, cdb,
				  REQ_OP_DRV_IN | REQ_FAILFAST_TRANSPORT, buf,
				  len, COMMAND_TIMEOUT, 0, &args);
	/* How much is missing comes from the transport: do not trust it. */
	if (got)
		*got = len - clamp(resid, 0, (int)len);
	return result;
}
