// SPDX-License-Identifier: GPL-2.0
/* The names and numbers of disks. Part of lu.c, whose functions are static. */
#include <kunit/test.h>

struct name_case {
	int index;
	const char *name;
};

static const struct name_case name_cases[] = {
	{ 0, "mpatha" },
	{ 1, "mpathb" },
	{ 25, "mpathz" },
	{ 26, "mpathaa" },
	{ 27, "mpathab" },
	{ 51, "mpathaz" },
	{ 52, "mpathba" },
	{ 26 * 26 + 25, "mpathzz" },
	{ 26 * 26 + 26, "mpathaaa" },
	{ 26 * 26 * 26 + 26 * 26 + 25, "mpathzzz" },
	{ 26 * 26 * 26 + 26 * 26 + 26, "mpathaaaa" },
	/* No index is too large for the name. */
	{ INT_MAX, "mpathfxshrxx" },
};

KUNIT_ARRAY_PARAM_DESC(name, name_cases, name);

static struct gendisk *fake_disk(struct kunit *test)
{
	struct gendisk *disk = kunit_kzalloc(test, sizeof(*disk), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, disk);
	return disk;
}

static void lu_disk_name(struct kunit *test)
{
	const struct name_case *c = test->param_value;
	struct gendisk *disk = fake_disk(test);

	set_disk_name(disk, c->index);
	KUNIT_EXPECT_STREQ(test, disk->disk_name, c->name);
}

/* Like an odometer of letters that gets a new wheel when all show z. */
static void next_name(char *letters)
{
	int i = strlen(letters);

	while (i-- > 0) {
		if (letters[i] != 'z') {
			letters[i]++;
			return;
		}
		letters[i] = 'a';
	}
	strcat(letters, "a");
}

static void lu_disk_names_in_order(struct kunit *test)
{
	struct gendisk *disk = fake_disk(test);
	char expected[DISK_NAME_LEN] = "mpatha";
	int i;

	for (i = 0; i < 20000; i++) {
		set_disk_name(disk, i);
		KUNIT_ASSERT_STREQ(test, disk->disk_name, expected);
		next_name(expected + strlen("mpath"));
	}
}

/*
 * Numbers follow each other without a gap as long as there are any; the disks
 * after that get theirs from the block layer.
 */
static void lu_disk_numbers(struct kunit *test)
{
	struct gendisk *disk = fake_disk(test);
	const int numbered = (MINORMASK + 1) / 16;
	int i;

	for (i = 0; i < numbered + 100; i++) {
		memset(disk, 0, sizeof(*disk));
		set_disk_number(disk, i);
		KUNIT_ASSERT_EQ(test, disk->major, i < numbered ? scsi_mpath_major : 0);
		KUNIT_ASSERT_EQ(test, disk->first_minor, i < numbered ? i * 16 : 0);
		KUNIT_ASSERT_EQ(test, disk->minors, i < numbered ? 16 : 0);
	}
	memset(disk, 0, sizeof(*disk));
	set_disk_number(disk, INT_MAX);
	KUNIT_EXPECT_EQ(test, disk->minors, 0);
}

static struct kunit_case lu_cases[] = {
	KUNIT_CASE_PARAM(lu_disk_name, name_gen_params),
	KUNIT_CASE(lu_disk_names_in_order),
	KUNIT_CASE(lu_disk_numbers),
	{}
};

static struct kunit_suite lu_suite = {
	.name = "scsi_mpath_lu",
	.test_cases = lu_cases,
};

kunit_test_suite(lu_suite);
