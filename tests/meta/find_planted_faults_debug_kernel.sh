#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="each checker of the debug kernel finds what was planted for it, and fails the test"
HOST=1
TIMEOUT=1200

# Those of which a guest dies come first, then the one that has lockdep turn
# itself off. What was forgotten is found at the end of the last guest.
FAULTS=(use_after_free index_out_of_bounds free_with_timer_running add_to_list_twice
	lock_in_both_orders walk_without_rcu sleep_in_atomic use_cpu_while_preemptible
	hang forget_memory)

requires()
{
	[ "${K:-}" = debug ] || skip "for K=debug only"
}

# said VERDICT TEST TEXT: is that text below the line of the test?
said()
{
	grep -A 20 "^$1 *$2 " "$TMP/out" | grep -q -- "$3" ||
		fail "'$1 $2 $3' is not in the report"
}

plant_said() { said "$1" "meta/fixtures/plant_$2" "$3"; }

run()
{
	defer cat "$TMP/out"
	"$TESTS/vm/run" -n -j 1 "${FAULTS[@]/#/meta/fixtures/plant_}" >"$TMP/out" 2>&1
	expect_eq $? 1 "exit status"
	plant_said LOST use_after_free "KASAN: slab-use-after-free"
	plant_said LOST index_out_of_bounds "UBSAN: array-index-out-of-bounds"
	plant_said LOST free_with_timer_running "ODEBUG: free active"
	plant_said LOST add_to_list_twice "list_add double add"
	plant_said FAIL lock_in_both_orders "possible circular locking"
	expect_ok grep -q "of no use after .*lockdep is off" "$TMP/out"
	plant_said FAIL walk_without_rcu "suspicious RCU usage"
	plant_said FAIL sleep_in_atomic "sleeping function called from invalid context"
	plant_said FAIL use_cpu_while_preemptible "using smp_processor_id() in preemptible"
	plant_said FAIL hang "blocked for more than"
	# Its module has been unloaded by then, and its names with it.
	said FAIL lab/no_memory_leaked "unreferenced object"
	# To forget something is no fault yet: what failed is the search for it. It
	# passed in the guest that lockdep was off in.
	expect_eq "$(tail -n 1 "$TMP/out")" "2 passed, 10 failed, 0 skipped" "last line"
}
