// SPDX-License-Identifier: GPL-2.0
/*
 * Faults for the debug kernel to find: each checker that the tests rely on has
 * to prove, in a guest, that it is there and that its report fails a test. A
 * checker that a kernel option has switched off is silent, as is one that has
 * found nothing.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what to do wrong");

struct victim {
	struct list_head	entry;
	struct timer_list	timer;
	char			bytes[16];
};

static void use_after_free(void)
{
	char *bytes = kmalloc(100, GFP_KERNEL), seen;

	if (!bytes)
		return;
	kfree(bytes);
	seen = READ_ONCE(bytes[8]);
	OPTIMIZER_HIDE_VAR(seen);
}

static void index_out_of_bounds(void)
{
	struct victim *victim = kzalloc(sizeof(*victim), GFP_KERNEL);
	int index = -1;
	char seen;

	if (!victim)
		return;
	OPTIMIZER_HIDE_VAR(index);
	/* Inside of the structure, which is no business of KASAN's. */
	seen = READ_ONCE(victim->bytes[index]);
	OPTIMIZER_HIDE_VAR(seen);
	kfree(victim);
}

static DEFINE_MUTEX(first_lock);
static DEFINE_MUTEX(second_lock);

static void lock_in_both_orders(void)
{
	mutex_lock(&first_lock);
	mutex_lock(&second_lock);
	mutex_unlock(&second_lock);
	mutex_unlock(&first_lock);

	mutex_lock(&second_lock);
	mutex_lock(&first_lock);
	mutex_unlock(&first_lock);
	mutex_unlock(&second_lock);
}

static void walk_without_rcu(void)
{
	struct victim *victim;
	static LIST_HEAD(list);

	list_for_each_entry_rcu(victim, &list, entry)
		pr_info("not empty\n");
}

static void sleep_in_atomic(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	kfree(kmalloc(100, GFP_KERNEL));
	spin_unlock(&lock);
}

static void forget_memory(void)
{
	char *bytes = kmalloc(100, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(bytes);
}

static void ignore_timer(struct timer_list *timer)
{
}

static void free_with_timer_running(void)
{
	struct victim *victim = kzalloc(sizeof(*victim), GFP_KERNEL);

	if (!victim)
		return;
	timer_setup(&victim->timer, ignore_timer, 0);
	mod_timer(&victim->timer, jiffies + 3600 * HZ);
	kfree(victim);
}

static void add_to_list_twice(void)
{
	struct victim *victim = kzalloc(sizeof(*victim), GFP_KERNEL);
	static LIST_HEAD(list);

	if (!victim)
		return;
	list_add(&victim->entry, &list);
	list_add(&victim->entry, &list);
}

/* Longer than the fixture tells the kernel to wait. */
static void hang(void)
{
	msleep(15000);
}

static void use_cpu_while_preemptible(void)
{
	pr_info("on CPU %d\n", smp_processor_id());
}

static const struct {
	const char	*name;
	void		(*plant)(void);
} plants[] = {
	{ "use_after_free", use_after_free },
	{ "index_out_of_bounds", index_out_of_bounds },
	{ "lock_in_both_orders", lock_in_both_orders },
	{ "walk_without_rcu", walk_without_rcu },
	{ "sleep_in_atomic", sleep_in_atomic },
	{ "forget_memory", forget_memory },
	{ "free_with_timer_running", free_with_timer_running },
	{ "add_to_list_twice", add_to_list_twice },
	{ "hang", hang },
	{ "use_cpu_while_preemptible", use_cpu_while_preemptible },
};

static int __init plant_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(plants); i++) {
		if (strcmp(plants[i].name, fault))
			continue;
		plants[i].plant();
		return 0;
	}
	return -EINVAL;
}

static void __exit plant_exit(void)
{
}

module_init(plant_init);
module_exit(plant_exit);

MODULE_DESCRIPTION("Faults for the debug kernel to find");
MODULE_LICENSE("GPL");
