/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is used here of QEMU's interface for plugins, version 1. No package has QEMU's
 * own header.
 */
#ifndef _QEMU_PLUGIN_H
#define _QEMU_PLUGIN_H

#include <stddef.h>

#include <linux/types.h>

#define QEMU_PLUGIN_VERSION	1

struct qemu_plugin_tb;
struct qemu_info;

enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };

typedef void (*qemu_plugin_tb_cb)(u64 id, struct qemu_plugin_tb *tb);

void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, qemu_plugin_tb_cb callback);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb,
					      enum qemu_plugin_op op,
					      void *counter, u64 imm);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
u64 qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);

/* The plugin has these. */
extern int qemu_plugin_version;
int qemu_plugin_install(u64 id, const struct qemu_info *info, int argc,
			char **argv);

#endif
