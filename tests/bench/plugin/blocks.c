// SPDX-License-Identifier: GPL-2.0
/*
 * How many instructions has the guest executed, and where?
 *
 * Counts each block of code that QEMU translates. A snapshot has a line for each
 * block, with its address and the instructions executed in it until now. A block
 * that an interrupt or a fault leaves in its middle counts as a whole.
 */
#include <stdlib.h>

#include "snapshot.h"

struct block {
	u64		address;
	u64		instructions;
	struct block	*next;
};

/* The one emulated CPU's thread puts blocks in front, where they stay. */
static struct block *blocks;

static void count_block(u64 id, struct qemu_plugin_tb *tb)
{
	struct block *block = calloc(1, sizeof(*block));

	(void)id;
	if (!block)
		abort();
	block->address = qemu_plugin_tb_vaddr(tb);
	block->next = blocks;
	__atomic_store_n(&blocks, block, __ATOMIC_RELEASE);
	qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64,
						 &block->instructions,
						 qemu_plugin_tb_n_insns(tb));
}

static void write_blocks(FILE *file)
{
	struct block *block;

	for (block = __atomic_load_n(&blocks, __ATOMIC_ACQUIRE); block;
	     block = block->next)
		if (block->instructions)
			fprintf(file, "%016llx %llu\n",
				block->address, block->instructions);
}

int qemu_plugin_install(u64 id, const struct qemu_info *info, int argc,
			char **argv)
{
	(void)info;
	if (snapshot_serve(argc, argv, write_blocks))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, count_block);
	return 0;
}
