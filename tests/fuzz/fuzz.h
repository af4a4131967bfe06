/* SPDX-License-Identifier: GPL-2.0 */
/* What the fuzz targets share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* What has to be so for every input; libFuzzer keeps the one that aborts. */
#define must(cond) do {						\
	if (!(cond)) {						\
		fprintf(stderr, "%s:%d: not so: %s\n",		\
			__FILE__, __LINE__, #cond);		\
		abort();					\
	}							\
} while (0)

/* A copy whose memory ends where it ends: the sanitizer sees a byte too far. */
static inline u8 *exact(const void *from, size_t len)
{
	u8 *copy = malloc(len);

	must(copy);
	if (len)
		memcpy(copy, from, len);
	return copy;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t len);

#endif /* TESTS_FUZZ_H */
