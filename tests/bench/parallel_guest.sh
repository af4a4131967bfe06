#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What tests/bench/parallel counts: every CPU of the guest does I/O, on one disk and on
# a unit of two paths to it, with each policy.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"
# shellcheck source=tests/bench/units.sh
. "$TESTS/bench/units.sh"

CPUS=$(nproc)
IOS=$((20000 * CPUS))

# Every CPU reads until it is told to end.
io()
{
	exec fio --name=parallel --filename="/dev/$1" --ioengine=psync --rw=randread --bs=4k \
		--direct=1 --thread --norandommap --size=16m --io_size=1t --numjobs="$CPUS" \
		--cpus_allowed="0-$((CPUS - 1))" --cpus_allowed_policy=split --group_reporting \
		--disk_util=0 >"$TMP/fio.log" 2>&1
}

# done_by DISK: sets DONE, the reads until now
done_by() { read -r DONE _ <"/sys/block/$1/stat"; }
has_done() { done_by "$1" && [ "$DONE" -ge "$2" ]; }

# count DISK DEVICE POLICY PATHS: between two snapshots of I/O that goes on. A thread's
# stack was another CPU's, too, when the thread began.
count()
{
	local name=$2-$3 pid begin
	io "$1" &
	pid=$!
	wait_until 36000 has_done "$1" "$IOS"
	snapshot "$OUT" "$name-before"
	done_by "$1"
	begin=$DONE
	wait_until 36000 has_done "$1" $((begin + IOS))
	snapshot "$OUT" "$name-after"
	done_by "$1"
	kill "$pid" && wait "$pid"
	cat /proc/kallsyms >"$OUT/$name.symbols"
	row "$CPUS" "$2" "$3" "$((DONE - begin))"
}

# A disk with a queue for each CPU, as an adapter has them
# shellcheck disable=SC2034
QUEUES=$CPUS
stack raw
for policy in "${POLICIES[@]}"; do stack native 2 "$policy"; done
echo end
