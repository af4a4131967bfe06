/* SPDX-License-Identifier: GPL-2.0 */
/* A head whose paths are what a test says they are. */
#ifndef _MPATH_FAKE_H
#define _MPATH_FAKE_H

#include <kunit/test.h>
#include <linux/multipath.h>

#define MPATH_FAKE_PATHS	4

/**
 * struct mpath_fake_path - one path
 * @mdev: what the library sees
 * @disk: a disk that nobody has added
 * @nr_active: a queue of its own
 * @index: its place among the paths
 * @listed: it belongs to the head
 * @disabled: what is_disabled() says
 * @available: what available_path() says
 * @transitioning: what is_transitioning() says
 * @gone: what says_gone() says
 */
struct mpath_fake_path {
	struct mpath_device	mdev;
	struct gendisk		*disk;
	atomic_t		nr_active;
	int			index;
	bool			listed;
	bool			disabled;
	bool			available;
	bool			transitioning;
	bool			gone;
};

/**
 * struct mpath_fake - the head and its paths; kunit.priv of each case
 * @head: the head, with a disk that is not live
 * @iopolicy: what head->iopolicy points to
 * @paths: the paths, the first @nr_paths of them listed in this order unless a
 *	case does otherwise
 * @nr_paths: see above
 */
struct mpath_fake {
	struct mpath_head	*head;
	enum mpath_iopolicy_e	iopolicy;
	struct mpath_fake_path	paths[MPATH_FAKE_PATHS];
	int			nr_paths;
};

int mpath_fake_init(struct kunit *test);
void mpath_fake_exit(struct kunit *test);
void mpath_fake_set_nr_paths(struct kunit *test, int nr_paths);
void mpath_fake_remove_path(struct mpath_fake_path *path);
int mpath_fake_choose(struct mpath_fake *fake);

/* Three ways of being fit for use, or not */
enum mpath_fake_fitness {
	MPATH_FAKE_FIT,
	MPATH_FAKE_DISABLED,	/* the driver says so */
	MPATH_FAKE_UNFIT,	/* the library does */
	MPATH_FAKE_NR_FITNESS,
};

void mpath_fake_set_fitness(struct mpath_fake_path *path,
			    enum mpath_fake_fitness fitness);
bool mpath_fake_is_fit(const struct mpath_fake_path *path);

#endif /* _MPATH_FAKE_H */
