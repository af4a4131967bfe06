/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is used here of QEMU's interface for plugins, version 1. No package has QEMU's
 * own header.
 */
#ifndef _QEMU_PLUGIN_H
#define _QEMU_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>

#include <linux/types.h>

#define QEMU_PLUGIN_VERSION	1

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;

enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_access { QEMU_PLUGIN_MEM_W = 2 };

typedef void (*qemu_plugin_tb_cb)(u64 id, struct qemu_plugin_tb *tb);

typedef void (*qemu_plugin_mem_cb)(unsigned int cpu, u32 info, u64 address,
				   void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(u64 id, qemu_plugin_tb_cb callback);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb,
					      enum qemu_plugin_op op,
					      void *counter, u64 imm);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
u64 qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb,
						 size_t n);
char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *insn);
u64 qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
bool qemu_plugin_mem_is_store(u32 info);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn,
				      qemu_plugin_mem_cb callback,
				      enum qemu_plugin_flags flags,
				      enum qemu_plugin_access access, void *data);

/* The plugin has these. */
extern int qemu_plugin_version;
int qemu_plugin_install(u64 id, const struct qemu_info *info, int argc,
			char **argv);

#endif
