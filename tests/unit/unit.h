/* SPDX-License-Identifier: GPL-2.0 */
/* What the unit tests share. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

/* The first four are what cmocka.h asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* In a loop it has to be said which round it was. */
#define check(cond, ...) do {			\
	if (!(cond))				\
		fail_msg(__VA_ARGS__);		\
} while (0)

/* A copy whose memory ends where it ends: the sanitizer sees a byte too far. */
static inline u8 *exact(const void *from, size_t len)
{
	u8 *copy = malloc(len);

	check(copy, "no memory");
	memcpy(copy, from, len);
	return copy;
}

/* What a program that is killed has said so far must not be lost. */
#define run_cases(cases) \
	(setvbuf(stdout, NULL, _IOLBF, 0), cmocka_run_group_tests(cases, NULL, NULL))

#endif /* TESTS_UNIT_H */
