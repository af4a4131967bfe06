/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libmultipath: block multipath for drivers.
 *
 * A driver that reaches one unit of storage by several ways describes the unit
 * by a struct mpath_head and each way by a struct mpath_device. The library
 * owns what the user sees (one gendisk) and where each bio goes; the driver
 * owns what its protocol knows: which path may be used, and why an I/O failed.
 */
#ifndef _LINUX_MULTIPATH_H
#define _LINUX_MULTIPATH_H

#include <linux/blk-mq.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/percpu-refcount.h>
#include <linux/srcu.h>
#include <linux/workqueue.h>

struct io_comp_batch;
struct io_uring_cmd;
struct mpath_cdev;
struct mpath_head;
struct mpath_rr_cursor;
struct pr_ops;

/* A request or bio that went through a multipath head. */
#define REQ_MPATH	REQ_DRV

/**
 * enum mpath_iopolicy_e - how a path is chosen among the best usable ones
 * @MPATH_IOPOLICY_NUMA: the path closest to the submitting CPU's node
 * @MPATH_IOPOLICY_RR: each in turn
 * @MPATH_IOPOLICY_QD: the one with the fewest commands in flight
 */
enum mpath_iopolicy_e {
	MPATH_IOPOLICY_NUMA,
	MPATH_IOPOLICY_RR,
	MPATH_IOPOLICY_QD,
};

/**
 * enum mpath_access_state - how good a path is, in the driver's judgment
 * @MPATH_STATE_OPTIMIZED: first choice
 * @MPATH_STATE_NONOPTIMIZED: used only while no optimized path is usable
 * @MPATH_STATE_OTHER: never used for I/O
 */
enum mpath_access_state {
	MPATH_STATE_OPTIMIZED,
	MPATH_STATE_NONOPTIMIZED,
	MPATH_STATE_OTHER,
};

/**
 * enum mpath_head_state - what the head can do now
 * @MPATH_HEAD_ONLINE: every path is usable
 * @MPATH_HEAD_DEGRADED: at least one path is usable, at least one is not
 * @MPATH_HEAD_NO_USABLE_PATH: no path is usable; I/O is held
 * @MPATH_HEAD_FAILED: no path is usable and I/O fails at once, because the
 *	hold time ran out or because no path can come back
 * @MPATH_HEAD_GONE: every path says that the unit is not there; I/O fails at
 *	once
 */
enum mpath_head_state {
	MPATH_HEAD_ONLINE,
	MPATH_HEAD_DEGRADED,
	MPATH_HEAD_NO_USABLE_PATH,
	MPATH_HEAD_FAILED,
	MPATH_HEAD_GONE,
};

/* Bits of mpath_device.flags; those of MPATH_DEVICE_UNFIT keep I/O away. */
#define MPATH_DEVICE_SYSFS_ATTR_LINK	0
#define MPATH_DEVICE_MISMATCH		1	/* does not fit the head's disk */
#define MPATH_DEVICE_UNREGISTERED	2	/* lacks the head's PR key */
#define MPATH_DEVICE_STALE		3	/* set by the driver: no vote now */
#define MPATH_DEVICE_TOLD		4	/* of a mismatch, in the log */
#define MPATH_DEVICE_CACHE		5	/* has told of a write cache */
#define MPATH_DEVICE_GUESS		6	/* so: that there is none now is no word of it */

#define MPATH_DEVICE_UNFIT	(BIT(MPATH_DEVICE_MISMATCH) | \
				 BIT(MPATH_DEVICE_UNREGISTERED))

/**
 * struct mpath_device - one path; embed it in the driver's path object
 * @mpath_head: the head it belongs to; set by mpath_add_device()
 * @siblings: entry in mpath_head.dev_list; written under mpath_head.lock,
 *	read under SRCU
 * @disk: the path's own gendisk
 * @nr_active: commands in flight on whatever the path shares a queue with
 *	(NVMe: the controller, SCSI: the I_T nexus); the driver counts while
 *	mpath_qd_iopolicy() says so
 * @access_state: written by the driver with WRITE_ONCE(), read locklessly
 * @numa_node: the node the path's hardware sits on, or NUMA_NO_NODE
 * @flags: MPATH_DEVICE_*
 * @ref: one reference for each clone in flight; killed by
 *	mpath_delete_device()
 * @drained: completed when @ref has dropped to zero
 * @send_work: takes bios from the head's list, one at a time, and sends them
 *	down this path
 * @sending: the bio that it is sending; written under mpath_head.requeue_lock,
 *	compared by others and never followed
 */
struct mpath_device {
	struct mpath_head		*mpath_head;
	struct list_head		siblings;
	struct gendisk			*disk;
	atomic_t			*nr_active;
	enum mpath_access_state		access_state;
	int				numa_node;
	unsigned long			flags;
	struct percpu_ref		ref;
	struct completion		drained;
	struct work_struct		send_work;
	struct bio			*sending;
};

/**
 * struct mpath_head_template - what a driver tells the library
 * @is_disabled: true if the path must not get I/O now, whatever its access
 *	state. Called for every bio under SRCU, any context that may submit
 *	I/O: must be cheap and must not sleep. Required.
 * @is_optimized: true if the path is a first choice now: optimized, and never
 *	while @is_disabled is true, as a path that was chosen before is asked
 *	nothing else. Same context as @is_disabled. Required.
 * @available_path: true if a path that is not usable now may become usable
 *	without being added anew. While it is true for one path, I/O is held
 *	rather than failed. Called under SRCU, must not sleep. Required.
 * @says_gone: true if the path works, but leads to no unit, or to another one.
 *	A path that cannot tell says nothing. While it is true for every path
 *	no I/O is held: what is gone is not waited for. Called under SRCU, must
 *	not sleep. Optional.
 * @is_transitioning: true if the path is not usable now, but will tell within
 *	a time that the driver bounds whether it is. While it is true for one
 *	path the hold time does not run: I/O waits, whatever no_path_timeout
 *	says. Called under SRCU, must not sleep. Optional.
 * @io_held: I/O begins to wait, as no path is usable: the time to find out
 *	sooner than usual whether one is again. Called under SRCU, any context
 *	that may submit I/O: must not sleep. Optional.
 * @is_settling: true if the path is not usable now, and mpath_path_changed() will
 *	be called with the answer whether it is, or when this is no longer so: in a
 *	moment. Until then nobody is told that the head has come down for want of
 *	this path. Called under SRCU, must not sleep. Optional.
 * @clone_bio: returns the bio to send down @mdev in place of @bio, with its
 *	block device set to that of the path. @bio still belongs to the head
 *	and must stay unchanged. NULL if it cannot now, for want of memory or
 *	as the path has to be asked something first: the library tries again a
 *	little later, or tells the caller if @bio has REQ_NOWAIT. The library
 *	holds a reference on @mdev for the clone: the clone's end_io drops it
 *	by mpath_device_put() as its last use of @mdev, and what the caller of
 *	@bio learns is mpath_copy_result(). The driver may choose another path
 *	of the head, if it has a reference on that one and drops this. A clone
 *	may be larger than the path's limits; its queue splits it. Without this
 *	callback the bio itself is redirected and the driver must keep the
 *	path until its bios have completed; a request without a bio (a flush)
 *	that the path has not done ends with BLK_STS_AGAIN. May sleep unless
 *	@bio has REQ_NOWAIT. Optional.
 * @remove_head: the time of a delayed removal is over. Called from a work
 *	item with nothing locked; the head, and the driver's module, are held
 *	until it returns. A path may be coming back at this moment: the driver
 *	decides under its own lock, and either does nothing or removes and
 *	puts the disk. Without it there is no delayed removal. Optional.
 * @add_cdev: the disk is live: make the char device, by mpath_cdev_add().
 *	Process context. A head whose char device fails goes on without one.
 * @del_cdev: the disk goes: take the char device away, by mpath_cdev_del().
 *	Called once for each @add_cdev that returned 0. Both or none.
 * @cdev_ioctl: an ioctl of the char device, for the path given. Process
 *	context; may sleep. Together with @add_cdev or not at all.
 * @chr_uring_cmd: a command of the char device by io_uring. The path is kept
 *	until it returns; a command that goes on is the driver's to end when
 *	the path goes. Optional.
 * @chr_uring_cmd_iopoll: looks for the end of such a command. Optional.
 * @ioctl_check: an error refuses the ioctl, of the disk or of the char device,
 *	that is about to go down this path. Process context; may sleep. For
 *	what must not go down a single path, such as a reservation. It is
 *	-EPROBE_DEFER if it is this path that must not be used, for which
 *	is_disabled() is true by now: then another one is found, or waited for.
 *	Optional.
 * @ioctl_again: an ioctl of the disk has returned 0. Has this path lost what it
 *	was for, so that another one has to do it, and may that be done twice?
 *	Process context. Optional.
 * @ioctl_begin: called under SRCU before an ioctl. An ioctl that may take its
 *	own path away must not be waited for by mpath_delete_device(): the
 *	driver takes a reference of its own, which keeps @mdev and its disk in
 *	memory, and leaves it in *@data. Otherwise *@data stays NULL and the
 *	library holds the path. Must not sleep.
 * @ioctl_finish: drops that reference. Both or none.
 * @may_reserve: may a command of reservations go down this path, or has it found
 *	out only now, by asking the path, that it must not be used? Then
 *	mpath_path_changed() will be called when it may. Process context; may
 *	sleep. For commands that would do harm elsewhere. Optional.
 * @pr_per_path: a reservation key is registered for each path (SPC-4 5.12.5:
 *	for an I_T nexus) and not for the host as a whole, so that
 *	mpath_pr_ops has to register all of them
 * @hold_ioctls: who asks for something but I/O (see mpath_ops) while no path is
 *	usable waits as I/O does, until a signal comes. Otherwise that is
 *	-EWOULDBLOCK at once: for a driver that asks its head from where its
 *	paths are found.
 */
struct mpath_head_template {
	bool (*is_disabled)(struct mpath_device *mdev);
	bool (*is_optimized)(struct mpath_device *mdev);
	bool (*available_path)(struct mpath_device *mdev);
	bool (*says_gone)(struct mpath_device *mdev);
	bool (*is_transitioning)(struct mpath_device *mdev);
	void (*io_held)(struct mpath_head *head);
	bool (*is_settling)(struct mpath_device *mdev);
	struct bio *(*clone_bio)(struct mpath_device *mdev, struct bio *bio);
	void (*remove_head)(struct mpath_head *head);
	int (*add_cdev)(struct mpath_head *head);
	void (*del_cdev)(struct mpath_head *head);
	long (*cdev_ioctl)(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg, bool open_for_write);
	int (*chr_uring_cmd)(struct mpath_device *mdev,
			     struct io_uring_cmd *ioucmd,
			     unsigned int issue_flags);
	int (*chr_uring_cmd_iopoll)(struct io_uring_cmd *ioucmd,
				    struct io_comp_batch *iob,
				    unsigned int poll_flags);
	int (*ioctl_check)(struct mpath_device *mdev, unsigned int cmd,
			   unsigned long arg);
	bool (*ioctl_again)(struct mpath_device *mdev, unsigned int cmd,
			    unsigned long arg);
	void (*ioctl_begin)(struct mpath_device *mdev, unsigned int cmd,
			    void **data);
	void (*ioctl_finish)(void *data);
	bool (*may_reserve)(struct mpath_device *mdev);
	bool pr_per_path;
	bool hold_ioctls;
};

/* Bits of mpath_head.flags */
#define MPATH_HEAD_DISK_LIVE		0
#define MPATH_HEAD_DISK_REMOVED		1	/* and never live again */
#define MPATH_HEAD_CDEV_ADDED		2
#define MPATH_HEAD_REMOVAL_PENDING	3	/* remove_work owns two references */
#define MPATH_HEAD_SCAN_DUE		4	/* the partition table was not read */

/**
 * struct mpath_head - one unit of storage, reachable by several paths
 * @srcu: protects the walk over @dev_list and the use of @current_path. First,
 *	so that the I/O path has one address to keep less
 * @mpdt: the driver's callbacks; set by the driver, then constant as long as
 *	its module is loaded
 * @dev_list: the paths; written under @lock, read under @srcu
 * @iopolicy: the policy in force; points into the driver, which may share one
 *	among heads. Set by the driver, then constant; not looked at any more
 *	after mpath_put_disk()
 * @rr_cursor: where each CPU's round stands
 * @disk: the head disk; constant from mpath_alloc_head_disk() to the release
 *	of the head
 * @disk_lock: serializes the disk's coming and going; outside of @lock
 * @lock: serializes changes to @dev_list, @no_path_since, @state, @pr_key,
 *	@removal_since and the arming of @remove_work
 * @flags: MPATH_HEAD_*
 * @users: how often the disk is open. The block layer's own count is 0 before it
 *	writes back what the last user has left
 * @requeue_lock: protects @requeue_list
 * @requeue_list: bios that wait for a path
 * @requeue_work: has @requeue_list submitted again, by the paths' works
 * @path_wait: those who ask for something but I/O and wait for a path
 * @retry_work: queues @requeue_work when there may be memory again for clones;
 *	as long as it is pending, nothing is taken from @requeue_list
 * @state_work: notices changes of @state
 * @no_path_work: runs when the hold time has run out
 * @partition_scan_work: reads the partition table once the disk is live and
 *	has a path
 * @remove_work: calls remove_head when a delayed removal's time is over
 * @delayed_removal_secs: how long the disk outlives its last path, in seconds,
 *	or %MPATH_REMOVAL_IN_USE
 * @removal_since: when the removal that is pending began, in jiffies
 * @pr_work: registers paths that lack the key
 * @pr_lock: one PR command at a time; outside of @lock
 * @pr_key: the key that each path needs, or 0; always 0 without pr_per_path
 * @flushes: clones of bios that flush, where the driver makes no clones
 * @stacked: the limits of the paths as they were last stacked, before the
 *	block layer completed them; under the queue's limits lock
 * @cdev: the char device, or NULL; between add_cdev and del_cdev
 * @no_path_timeout: how long I/O is held while no path is usable, in seconds;
 *	0 not at all, -1 without end
 * @no_path_since: when the last usable path was lost, or the last bio came back
 *	from one, in jiffies; 0 while a path is usable
 * @state: the state last announced
 * @requeue_no_usable_path_cnt: bios held because no path was usable
 * @fail_no_avail_path_cnt: bios failed because no path was usable
 * @parent: parent device of the disk, or NULL; set by the driver
 * @disk_groups: attribute groups of the disk; mpath_device_groups or an
 *	array that holds &mpath_attr_group; set by the driver
 * @drv_module: the driver; an open disk pins it. Set by the driver
 * @drvdata: for the driver
 * @ref: one for the driver, one for the disk once it has been added
 * @current_path: the numa policy's choice for each node; written under SRCU
 *	by searching CPUs, cleared by whoever changes a path
 */
struct mpath_head {
	struct srcu_struct		srcu;
	const struct mpath_head_template *mpdt;
	struct list_head		dev_list;
	enum mpath_iopolicy_e		*iopolicy;
	struct mpath_rr_cursor __percpu	*rr_cursor;
	struct gendisk			*disk;
	struct mutex			disk_lock; /* see above, as for all */
	struct mutex			lock;	/* for changes of the paths */
	unsigned long			flags;
	atomic_t			users;

	spinlock_t			requeue_lock; /* for requeue_list */
	struct bio_list			requeue_list;
	wait_queue_head_t		path_wait;
	struct work_struct		requeue_work;
	struct delayed_work		retry_work;
	struct work_struct		state_work;
	struct delayed_work		no_path_work;
	struct work_struct		partition_scan_work;
	struct delayed_work		remove_work;
	unsigned int			delayed_removal_secs;
	unsigned long			removal_since;

	struct delayed_work		pr_work;
	struct mutex			pr_lock; /* one PR command at a time */
	u64				pr_key;

	struct bio_set			flushes;

	struct queue_limits		stacked;
	struct mpath_cdev		*cdev;

	int				no_path_timeout;
	unsigned long			no_path_since;
	enum mpath_head_state		state;
	atomic_long_t			requeue_no_usable_path_cnt;
	atomic_long_t			fail_no_avail_path_cnt;

	struct device			*parent;
	const struct attribute_group	**disk_groups;
	struct module			*drv_module;
	void				*drvdata;
	struct kref			ref;
	struct mpath_device __rcu	*current_path[];
};

/* The longest times that jiffies can hold, in seconds. */
#define MPATH_NO_PATH_TIMEOUT_MAX	(INT_MAX / HZ)
#define MPATH_DELAYED_REMOVAL_MAX	(INT_MAX / HZ)

/* While the disk is open, but no longer than I/O would be held. */
#define MPATH_REMOVAL_IN_USE		UINT_MAX

/**
 * DOC: mpath_ops - the operations of every head's disk
 *
 * An open pins the driver's module. What a path has to answer (ioctl, geometry,
 * unique id, zones) is asked of the path that I/O would take now. While there
 * is none it waits, with hold_ioctls, as long as I/O is held, and is -ERESTARTSYS
 * if a signal comes. If I/O would fail, and without hold_ioctls, it is
 * -EWOULDBLOCK.
 *
 * Context: the block layer's, for each operation.
 */
extern const struct block_device_operations mpath_ops;

/**
 * DOC: mpath_pr_ops - persistent reservations of a head
 *
 * Part of @mpath_ops. One path does it, or all, as pr_per_path says. Each
 * returns 0, a positive enum pr_status of the path, -EWOULDBLOCK or
 * -ERESTARTSYS while no path is usable, as @mpath_ops says, -EOPNOTSUPP for
 * what the path cannot do or what would stop all paths but one, or -ENOMEM.
 *
 * Context: process context; one at a time for each head.
 */
extern const struct pr_ops mpath_pr_ops;

/**
 * DOC: mpath_chr_fops - the operations of every head's char device
 *
 * mpath_cdev_add() uses them.
 *
 * Context: process context.
 */
extern const struct file_operations mpath_chr_fops;

/**
 * DOC: mpath_attr_group - the attributes in "multipath" of a head's disk
 *
 * For an array of groups that has more in it.
 *
 * Context: process context; the driver core's.
 */
extern const struct attribute_group mpath_attr_group;

/**
 * DOC: mpath_device_groups - an array with nothing but @mpath_attr_group
 *
 * For mpath_head.disk_groups of a driver that has no attributes of its own.
 *
 * Context: process context; the driver core's.
 */
extern const struct attribute_group *mpath_device_groups[];

/* head.c */
struct mpath_head *mpath_alloc_head(void);
int mpath_get_head(struct mpath_head *head);
void mpath_put_head(struct mpath_head *head);
int mpath_alloc_head_disk(struct mpath_head *head, struct queue_limits *lim,
			  int numa_node);
int mpath_device_set_live(struct mpath_device *mdev);

/* removal.c */
void mpath_remove_disk(struct mpath_head *head);
void mpath_put_disk(struct mpath_head *head);
bool mpath_can_remove_head(struct mpath_head *head);
bool mpath_outlives_paths(struct mpath_head *head);
int mpath_set_delayed_removal(struct mpath_head *head, unsigned int secs);

/* path.c */
int mpath_add_device(struct mpath_head *head, struct mpath_device *mdev,
		     struct gendisk *disk, int numa_node, atomic_t *nr_active);
int mpath_drain_device(struct mpath_device *mdev);
bool mpath_delete_device(struct mpath_device *mdev);
bool mpath_head_devices_empty(struct mpath_head *head);
int mpath_call_for_device(struct mpath_head *head,
			  int (*cb)(struct mpath_device *mdev));
struct mpath_device *mpath_find_device(struct mpath_head *head,
				       bool (*match)(struct mpath_device *mdev,
						     const void *arg),
				       const void *arg);
void mpath_call_for_all_devices(struct mpath_head *head,
				void (*cb)(struct mpath_device *mdev));
bool mpath_clear_current_path(struct mpath_device *mdev);
void mpath_clear_paths(struct mpath_head *head);
void mpath_synchronize(struct mpath_head *head);

/* revalidate.c */
void mpath_stack_limits(struct queue_limits *lim, struct gendisk *disk,
			bool first);
void mpath_revalidate_paths(struct mpath_head *head,
			    void (*not_ready_cb)(struct mpath_device *mdev));
int mpath_revalidate_head(struct mpath_head *head);
const char *mpath_mismatch(const struct mpath_device *mdev);
bool mpath_drops_flush(struct mpath_device *mdev);

/* submit.c */
void mpath_requeue_bio(struct mpath_head *head, struct bio *bio);
void mpath_schedule_requeue_work(struct mpath_head *head);

/* state.c */
void mpath_path_changed(struct mpath_head *head);
enum mpath_head_state mpath_read_state(struct mpath_head *head);
int mpath_set_no_path_timeout(struct mpath_head *head, int secs);

/* policy.c */
int mpath_set_iopolicy(const char *val, enum mpath_iopolicy_e *iopolicy);
int mpath_get_iopolicy(char *buf, enum mpath_iopolicy_e iopolicy);

/* cdev.c */
int mpath_cdev_add(struct mpath_head *head, const struct class *class,
		   const char *name);
void mpath_cdev_del(struct mpath_head *head);

/* sysfs.c */
void mpath_add_sysfs_link(struct mpath_head *head);
void mpath_remove_sysfs_link(struct mpath_device *mdev);
ssize_t mpath_iopolicy_show(enum mpath_iopolicy_e iopolicy, char *buf);
ssize_t mpath_iopolicy_store(struct mpath_head *head, const char *buf,
			     size_t count);
ssize_t mpath_numa_nodes_show(struct mpath_device *mdev, char *buf);
ssize_t mpath_delayed_removal_secs_show(struct mpath_head *head, char *buf);
ssize_t mpath_delayed_removal_secs_store(struct mpath_head *head,
					 const char *buf, size_t count);

/**
 * is_mpath_disk() - is this the disk of a multipath head?
 * @disk: any gendisk
 *
 * Context: any.
 * Return: true if @disk was allocated by mpath_alloc_head_disk().
 */
static inline bool is_mpath_disk(const struct gendisk *disk)
{
	return disk->fops == &mpath_ops;
}

/**
 * mpath_gendisk_to_head() - the head behind a disk
 * @disk: a disk for which is_mpath_disk() is true
 *
 * Context: any.
 * Return: the head; it lives as long as @disk.
 */
static inline struct mpath_head *mpath_gendisk_to_head(struct gendisk *disk)
{
	return disk->private_data;
}

/**
 * mpath_bd_device_to_head() - the head behind a disk's device
 * @dev: the struct device of a head disk
 *
 * Context: any.
 * Return: the head; it lives as long as @dev.
 */
static inline struct mpath_head *mpath_bd_device_to_head(struct device *dev)
{
	return mpath_gendisk_to_head(dev_to_disk(dev));
}

/**
 * is_mpath_request() - did this request come through a multipath head?
 * @req: any request
 *
 * Context: any.
 * Return: true if it did.
 */
static inline bool is_mpath_request(const struct request *req)
{
	return req->cmd_flags & REQ_MPATH;
}

/**
 * mpath_read_iopolicy() - the policy in force
 * @head: the head
 *
 * Context: any.
 * Return: the policy.
 */
static inline enum mpath_iopolicy_e
mpath_read_iopolicy(const struct mpath_head *head)
{
	return READ_ONCE(*head->iopolicy);
}

/**
 * mpath_qd_iopolicy() - must the driver count commands in flight?
 * @head: the head
 *
 * Context: any.
 * Return: true while the policy is queue-depth.
 */
static inline bool mpath_qd_iopolicy(const struct mpath_head *head)
{
	return mpath_read_iopolicy(head) == MPATH_IOPOLICY_QD;
}

/**
 * mpath_head_queue_if_no_path() - does the disk outlive its last path?
 * @head: the head
 *
 * Context: any.
 * Return: true if a removal of @head is delayed, and I/O held meanwhile.
 */
static inline bool mpath_head_queue_if_no_path(struct mpath_head *head)
{
	unsigned int secs = READ_ONCE(head->delayed_removal_secs);

	return secs == MPATH_REMOVAL_IN_USE ? mpath_outlives_paths(head) : secs;
}

/**
 * mpath_is_open() - does somebody use the disk?
 * @head: the head; its disk exists
 *
 * Context: any.
 * Return: true if it is open, or what its last user left is being written.
 */
static inline bool mpath_is_open(struct mpath_head *head)
{
	return atomic_read(&head->users);
}

/**
 * mpath_holds_io() - does I/O, or an ioctl, wait for a path?
 * @head: the head
 *
 * A bio that is on its way from one path to another waits a moment, too.
 *
 * Context: any.
 * Return: true if one does; it may have gone on meanwhile.
 */
static inline bool mpath_holds_io(struct mpath_head *head)
{
	if (READ_ONCE(head->requeue_list.head))
		return true;
	/* A waiter that is just coming calls io_held himself. */
	return waitqueue_active(&head->path_wait);
}

/**
 * mpath_copy_result() - tell a bio what has become of its clone
 * @bio: the bio of the head, about to end
 * @clone: its clone, which has ended
 *
 * A bio that others are chained to may have the error of one of them by now:
 * that a clone went well does not undo it. And a zone append tells where it has
 * written.
 *
 * Context: any, interrupts included.
 */
static inline void mpath_copy_result(struct bio *bio, const struct bio *clone)
{
	if (clone->bi_status)
		bio->bi_status = clone->bi_status;
	if (bio_op(bio) == REQ_OP_ZONE_APPEND)
		bio->bi_iter.bi_sector = clone->bi_iter.bi_sector;
}

/**
 * mpath_device_put() - a clone sent down a path has completed
 * @mdev: the path given to the clone_bio callback
 *
 * Context: any, interrupts included. @mdev may be gone when this returns.
 */
static inline void mpath_device_put(struct mpath_device *mdev)
{
	percpu_ref_put(&mdev->ref);
}

#endif /* _LINUX_MULTIPATH_H */
