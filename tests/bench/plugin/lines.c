// SPDX-License-Identifier: GPL-2.0
/*
 * Where does the guest's kernel write to cache lines that several of its CPUs write?
 * Each such store may find the line with another CPU, on a machine that has caches.
 *
 * For guests whose CPUs take turns in one thread (-icount): nothing here is locked.
 * They take long turns, so which CPU wrote last would say nothing. A snapshot has a
 * line for each instruction that stores, with its address and how often it has written
 * to such a line until now; and then all lines are forgotten.
 */
#include <stdlib.h>
#include <string.h>

#include "snapshot.h"

#define LINE_SHIFT	6
#define KERNEL		0xffff800000000000ull

/* A power of two. What the kernel writes in such a guest fills a fraction of it. */
#define SLOTS		0x400000u

struct store {
	u64		address;
	u64		shared;
	struct store	*next;
};

/* What is remembered of a line: which CPUs have written it since that snapshot. */
struct slot {
	u64		line;
	unsigned int	since;
	unsigned int	writers;
};

static struct store *stores;
static struct slot *slots;
static unsigned int snapshots;

static struct slot *find_slot(u64 line)
{
	u64 at = line * 0x9e3779b97f4a7c15ull >> 42, n;

	for (n = 0; n < SLOTS; n++, at++) {
		struct slot *slot = &slots[at % SLOTS];

		if (slot->line == line || !slot->line)
			return slot;
	}
	/* Full: better no figure than a wrong one. */
	abort();
}

static void note_store(unsigned int cpu, u32 info, u64 address, void *data)
{
	struct store *store = data;
	struct slot *slot;

	/* QEMU 7.2 calls for loads as well. */
	if (address < KERNEL || !qemu_plugin_mem_is_store(info))
		return;
	slot = find_slot(address >> LINE_SHIFT);
	slot->line = address >> LINE_SHIFT;
	if (slot->since != snapshots) {
		slot->since = snapshots;
		slot->writers = 0;
	}
	slot->writers |= 1u << cpu;
	if (slot->writers & (slot->writers - 1))
		store->shared++;
}

/* A stack is one thread's, and goes with it from one CPU to another. */
static int is_of_stack(struct qemu_plugin_insn *insn)
{
	char *text = qemu_plugin_insn_disas(insn);
	int is = strstr(text, "rsp") || !strncmp(text, "push", 4) || !strncmp(text, "call", 4);

	free(text);
	return is;
}

static void watch_instruction(struct qemu_plugin_insn *insn)
{
	struct store *store;

	if (is_of_stack(insn))
		return;
	store = calloc(1, sizeof(*store));
	if (!store)
		abort();
	store->address = qemu_plugin_insn_vaddr(insn);
	store->next = stores;
	__atomic_store_n(&stores, store, __ATOMIC_RELEASE);
	qemu_plugin_register_vcpu_mem_cb(insn, note_store, QEMU_PLUGIN_CB_NO_REGS,
					 QEMU_PLUGIN_MEM_W, store);
}

static void watch_block(u64 id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (qemu_plugin_tb_vaddr(tb) < KERNEL)
		return;
	for (i = 0; i < n; i++)
		watch_instruction(qemu_plugin_tb_get_insn(tb, i));
}

static void write_stores(FILE *file)
{
	struct store *store;

	for (store = __atomic_load_n(&stores, __ATOMIC_ACQUIRE); store; store = store->next)
		if (store->shared)
			fprintf(file, "%016llx %llu\n", store->address, store->shared);
	snapshots++;
}

int qemu_plugin_install(u64 id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	slots = calloc(SLOTS, sizeof(*slots));
	if (!slots || snapshot_serve(argc, argv, write_stores))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, watch_block);
	return 0;
}
