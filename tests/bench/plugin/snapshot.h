/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SNAPSHOT_H
#define _SNAPSHOT_H

#include <stdio.h>

#include "qemu_plugin.h"

int snapshot_serve(int argc, char **argv, void (*write)(FILE *file));

#endif
