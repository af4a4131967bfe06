/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's types, for pure files that are compiled outside of the kernel. */
#ifndef TESTS_LINUX_TYPES_H
#define TESTS_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#endif /* TESTS_LINUX_TYPES_H */
