// SPDX-License-Identifier: GPL-2.0
/*
 * Commands of our own: what the ALUA engine and the probes send.
 *
 * Who sends one waits for some seconds at most. The command itself has more
 * time: SCSI's time-out is followed by its error handling, whose resets hit all
 * hosts of the unit, and a target that is slow to answer deserves none. So a
 * command belongs to two, the sender and the request, and the last of them
 * frees it:
 *
 *	sender				interrupt
 *	waits, gives up
 *	drops its reference
 *					answer into the command's own buffer
 *					drops the last reference
 */
#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <scsi/scsi.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_eh.h>
#include <scsi/scsi_proto.h>

#include "scsi_mpath.h"

/* SAM-4 5.14: each unit attention condition costs the command one try. */
#define UNIT_ATTENTION_RETRIES	5

/* How often to look for a free tag: a silent device may have them all. */
#define TAG_POLL		max(HZ / 100, 1)

/**
 * struct scsi_mpath_command - one command on its way
 * @ref: the sender's, and that of the request
 * @done: it has ended; what follows is valid then
 * @result: of the SCSI command
 * @resid: how many bytes are missing
 * @sshdr: the sense data, valid or not
 * @len: how many bytes @buf has
 * @buf: the data
 */
struct scsi_mpath_command {
	struct kref		ref;
	struct completion	done;
	int			result;
	int			resid;
	struct scsi_sense_hdr	sshdr;
	unsigned int		len;
	void			*buf;
};

/* Requests that have not ended yet. */
static atomic_t commands_in_flight;
static DECLARE_WAIT_QUEUE_HEAD(commands_ended);

static void free_command(struct kref *ref)
{
	struct scsi_mpath_command *cmd =
		container_of(ref, struct scsi_mpath_command, ref);

	kfree(cmd->buf);
	kfree(cmd);
}

/**
 * scsi_mpath_forget_command() - the answer of a command is not waited for any more
 * @cmd: from scsi_mpath_ask(), or NULL
 *
 * Context: any.
 */
void scsi_mpath_forget_command(struct scsi_mpath_command *cmd)
{
	if (cmd)
		kref_put(&cmd->ref, free_command);
}

static struct scsi_mpath_command *alloc_command(const void *data,
						unsigned int len)
{
	struct scsi_mpath_command *cmd;

	cmd = kmalloc_obj(*cmd, GFP_NOIO | __GFP_ZERO);
	if (!cmd)
		return NULL;
	kref_init(&cmd->ref);
	init_completion(&cmd->done);
	cmd->len = len;
	if (!len)
		return cmd;
	cmd->buf = kzalloc(len, GFP_NOIO);
	if (!cmd->buf) {
		kfree(cmd);
		return NULL;
	}
	if (data)
		memcpy(cmd->buf, data, len);
	return cmd;
}

/* A request that never came to the device has a status and no result. */
static enum rq_end_io_ret end_command(struct request *rq, blk_status_t status,
				      const struct io_comp_batch *iob)
{
	struct scsi_mpath_command *cmd = rq->end_io_data;
	struct scsi_cmnd *scmd = blk_mq_rq_to_pdu(rq);

	cmd->result = scmd->result;
	if (status && !cmd->result)
		cmd->result = DID_ERROR << 16;
	cmd->resid = scmd->resid_len;
	scsi_normalize_sense(scmd->sense_buffer, scmd->sense_len, &cmd->sshdr);
	/* For good: who has waited looks whether it is done. */
	complete_all(&cmd->done);
	scsi_mpath_forget_command(cmd);
	if (atomic_dec_and_test(&commands_in_flight))
		wake_up(&commands_ended);
	return RQ_END_IO_FREE;
}

MPATH_COMPAT_DEFINE_END_IO(end_command)

static int start(struct scsi_mpath_command *cmd, struct request *rq,
		 const u8 *cdb, int timeout)
{
	struct scsi_cmnd *scmd = blk_mq_rq_to_pdu(rq);
	int ret;

	if (cmd->len) {
		ret = mpath_compat_rq_map_kern(rq, cmd->buf, cmd->len, GFP_NOIO);
		if (ret)
			return ret;
	}
	scmd->cmd_len = COMMAND_SIZE(cdb[0]);
	memcpy(scmd->cmnd, cdb, scmd->cmd_len);
	rq->timeout = timeout;
	rq->rq_flags |= RQF_QUIET;
	rq->end_io = MPATH_COMPAT_END_IO(end_command);
	rq->end_io_data = cmd;
	kref_get(&cmd->ref);
	atomic_inc(&commands_in_flight);
	/* At the head: a queue that is quiesced takes nothing else. */
	blk_execute_rq_nowait(rq, true);
	return 0;
}

/* Returns ERR_PTR(-EAGAIN) if all tags of the device are taken. */
static struct scsi_mpath_command *send(struct scsi_device *sdev, const u8 *cdb,
				       blk_opf_t op, const void *data,
				       unsigned int len, int timeout)
{
	struct scsi_mpath_command *cmd;
	struct request *rq;
	int ret;

	rq = scsi_alloc_request(sdev->request_queue,
				op | REQ_FAILFAST_TRANSPORT, BLK_MQ_REQ_NOWAIT);
	if (IS_ERR(rq))
		return ERR_CAST(rq);
	cmd = alloc_command(data, len);
	ret = cmd ? start(cmd, rq, cdb, timeout) : -ENOMEM;
	if (ret) {
		blk_mq_free_request(rq);
		scsi_mpath_forget_command(cmd);
		return ERR_PTR(ret);
	}
	return cmd;
}

/**
 * scsi_mpath_ask() - ask a device for one block, and do not wait for it
 * @sdev: the device; the caller keeps it until this returns
 *
 * What a port answers for a unit that has stopped is TEST UNIT READY. This is
 * READ(10) of the first block. Of a disk to which that means nothing, one with
 * type 2 protection, the answer is an error, and that is an answer too. It has
 * the time of the disk's own commands.
 *
 * Context: process context; does not wait for I/O.
 * Return: the command, for scsi_mpath_forget_command(), or ERR_PTR: -EAGAIN if all tags
 * of the device are taken.
 */
struct scsi_mpath_command *scsi_mpath_ask(struct scsi_device *sdev)
{
	static const u8 read_first_block[10] = { READ_10, [8] = 1 };
	struct request_queue *q = sdev->request_queue;

	return send(sdev, read_first_block, REQ_OP_DRV_IN, NULL,
		    queue_logical_block_size(q), q->rq_timeout);
}

/* Did the target send a status, and be it one of failure? */
static bool has_status(int result)
{
	return result >= 0 && host_byte(result) == DID_OK;
}

/**
 * scsi_mpath_is_answered() - has the target answered a command?
 * @cmd: from scsi_mpath_ask()
 *
 * BUSY and TASK SET FULL are none: the SCSI core sends the command again.
 *
 * Context: any.
 * Return: true if it has, whatever it said.
 */
bool scsi_mpath_is_answered(struct scsi_mpath_command *cmd)
{
	return completion_done(&cmd->done) && has_status(cmd->result);
}

/**
 * scsi_mpath_answers() - does the device answer for its medium?
 * @sdev: the device, which is running
 *
 * Context: process context; sleeps no longer than SCSI_MPATH_COMMAND_TIMEOUT.
 * Return: true if it has answered, whatever it said.
 */
bool scsi_mpath_answers(struct scsi_device *sdev)
{
	struct scsi_mpath_command *cmd = scsi_mpath_ask(sdev);
	bool answered;

	if (IS_ERR(cmd))
		return false;
	wait_for_completion_timeout(&cmd->done, SCSI_MPATH_COMMAND_TIMEOUT);
	answered = scsi_mpath_is_answered(cmd);
	scsi_mpath_forget_command(cmd);
	return answered;
}

/*
 * Error handling begins when the last command of the host has come back, or timed
 * out, and the host sends nothing meanwhile. So SCSI waits for ours as long as
 * for what sd has sent there, and not longer; but as long as somebody waits here.
 */
static int request_timeout(struct scsi_device *sdev, unsigned long deadline)
{
	return max_t(long, deadline - jiffies, sdev->request_queue->rq_timeout);
}

/* Waits for a tag, but not for ever. */
static struct scsi_mpath_command *send_by(struct scsi_device *sdev,
					  const u8 *cdb, blk_opf_t op,
					  const void *data, unsigned int len,
					  unsigned long deadline)
{
	struct scsi_mpath_command *cmd;

	for (;;) {
		cmd = send(sdev, cdb, op, data, len,
			   request_timeout(sdev, deadline));
		if (cmd != ERR_PTR(-EAGAIN) || time_after_eq(jiffies, deadline))
			return cmd;
		schedule_timeout_uninterruptible(TAG_POLL);
	}
}

static int wait_for_answer(struct scsi_mpath_command *cmd, void *buf,
			   unsigned long deadline,
			   struct scsi_mpath_answer *answer)
{
	long left = deadline - jiffies;

	/* What a try before it was told is no answer to this one. */
	memset(&answer->sshdr, 0, sizeof(answer->sshdr));
	if (!wait_for_completion_timeout(&cmd->done, max(left, 1L)))
		return -ETIMEDOUT;
	/* How much is missing comes from the transport: do not trust it. */
	answer->len = cmd->len - clamp(cmd->resid, 0, (int)cmd->len);
	answer->sshdr = cmd->sshdr;
	if (buf)
		memcpy(buf, cmd->buf, answer->len);
	return cmd->result;
}

static bool is_attention(int result, const struct scsi_sense_hdr *sshdr)
{
	return result > 0 && (result & 0xff) == SAM_STAT_CHECK_CONDITION &&
	       scsi_sense_valid(sshdr) && sshdr->sense_key == UNIT_ATTENTION;
}

/* All tries together have @wait jiffies. */
static int execute(struct scsi_device *sdev, const u8 *cdb, blk_opf_t op,
		   const void *out, void *in, unsigned int len, int wait,
		   struct scsi_mpath_answer *answer)
{
	unsigned long deadline = jiffies + wait;
	struct scsi_mpath_command *cmd;
	int result;

	memset(answer, 0, sizeof(*answer));
	do {
		cmd = send_by(sdev, cdb, op, out, len, deadline);
		if (IS_ERR(cmd))
			return PTR_ERR(cmd);
		result = wait_for_answer(cmd, in, deadline, answer);
		scsi_mpath_forget_command(cmd);
	} while (is_attention(result, &answer->sshdr) &&
		 ++answer->attentions <= UNIT_ATTENTION_RETRIES);
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
 * Context: process context; sleeps until the command has completed, but not
 * longer than SCSI_MPATH_COMMAND_TIMEOUT.
 * Return: 0, the result of the SCSI command, or a negative error: -ETIMEDOUT
 * if there is no answer.
 */
int scsi_mpath_read(struct scsi_device *sdev, const u8 *cdb, void *buf,
		    unsigned int len, struct scsi_mpath_answer *answer)
{
	return execute(sdev, cdb, REQ_OP_DRV_IN, NULL, buf, len,
		       SCSI_MPATH_COMMAND_TIMEOUT, answer);
}

/**
 * scsi_mpath_write() - send a command that takes parameters
 * @sdev: through this device, which is running
 * @cdb: the command
 * @buf: the parameters
 * @len: their length in bytes
 * @timeout: how long to wait for its end, in jiffies
 * @answer: filled in
 *
 * Unit attention conditions are retried, as by scsi_mpath_read().
 *
 * Context: process context; sleeps until the command has completed, but not
 * longer than @timeout.
 * Return: 0, the result of the SCSI command, or a negative error.
 */
int scsi_mpath_write(struct scsi_device *sdev, const u8 *cdb, void *buf,
		     unsigned int len, int timeout,
		     struct scsi_mpath_answer *answer)
{
	return execute(sdev, cdb, REQ_OP_DRV_OUT, buf, NULL, len, timeout,
		       answer);
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

/**
 * scsi_mpath_await_commands() - wait until no command of ours is on its way
 *
 * Those that nobody waits for end with SCSI's time-outs.
 *
 * Context: process context; nobody sends any more.
 */
void scsi_mpath_await_commands(void)
{
	wait_event(commands_ended, !atomic_read(&commands_in_flight));
	/* The last one may be in end_command() still, in an interrupt. */
	synchronize_rcu();
}
