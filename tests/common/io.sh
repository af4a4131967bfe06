# shellcheck shell=bash
# shellcheck disable=SC2034 # IO_* and LONGEST_GAP_MS are for the tests
# SPDX-License-Identifier: GPL-2.0
#
# Verifying I/O in the background, and the longest time without a completion.

IO_DIR='' IO_PID='' IO_CLOCK=''

# carried DISK: I/O requests it has completed. Commands the kernel itself sends
# to look after a path (RTPG, TEST UNIT READY) do not count.
carried()
{
	local stat
	# A path may leave while we look.
	read -ra stat 2>/dev/null <"/sys/block/$1/stat" || stat=(0 0 0 0 0)
	echo $((stat[0] + stat[4]))
}

# look_at_once CMD: CMD reads counters that run on. If this machine stood still
# between the first and the last of them, they do not belong together, and it is
# given a little more time the next time.
look_at_once()
{
	local begin ms
	for ((ms = 20; ; ms += 5)); do
		begin=${EPOCHREALTIME/./}
		"$1"
		[ $((${EPOCHREALTIME/./} - begin)) -gt $((ms * 1000)) ] || return 0
	done
}

# in_flight DISK: requests it has been given and has not completed
in_flight()
{
	local reads writes
	read -r reads writes <"/sys/block/$1/inflight"
	echo $((reads + writes))
}

# read_block [N]: of HEAD
read_block()
{
	dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 skip="${1:-0}" iflag=direct status=none
}

# ios DISK: the same, of a multipathed disk by the sum over its paths
ios()
{
	local link sum=0

	[ -d "/sys/block/$1/multipath" ] || { carried "$1"; return; }
	for link in "/sys/block/$1/multipath"/sd*; do
		sum=$((sum + $(carried "${link##*/}")))
	done
	echo "$sum"
}

ios_reached() { [ "$(ios "$1")" -ge "$2" ]; }

# wait_ios DISK COUNT [SECONDS]: until it has completed so many more
wait_ios()
{
	poll "${3:-20}" ios_reached "$1" $(($(ios "$1") + $2)) ||
		fail "I/O to $1 stands still"
}

# traffic [COUNT]: let the head complete COUNT more I/Os; D[N] is what path N carried
# of them, by the count_paths of whoever knows its paths
# shellcheck disable=SC2034
traffic()
{
	local n before=()
	look_at_once count_paths
	for n in "${!D[@]}"; do before[n]=${D[n]}; done
	wait_ios "$HEAD" "${1:-100}"
	look_at_once count_paths
	for n in "${!D[@]}"; do D[n]=$((D[n] - before[n])); done
}

# io_start DISK|FILE [FIO OPTION...]: random writes, read back and verified
# 16 at a time, and no more than 200 a second, for the sake of other guests on this
# machine, unless the test says how many are to be in flight. Every completion goes to
# a log, from which io_finish takes the longest stall; it is large from the start, for
# fio waits for all that is in flight before it makes a log larger. Returns when the
# I/O flows.
io_start()
{
	local file=$1 disk=${1##*/} rate=--rate_iops=200

	shift
	[[ $* != *--iodepth=* ]] || rate=''
	[ -e "$file" ] || file=/dev/$disk
	[ -d "/sys/block/$disk" ] || disk=$HEAD
	IO_DIR=$(mktemp -d "$TMP/io.XXXX")
	fio --name=io --filename="$file" --thread --eta=never --direct=1 \
		--ioengine=io_uring --iodepth=4 --bs=4k --rw=randwrite --size=16M \
		${rate:+"$rate"} --verify=crc32c --verify_fatal=1 --verify_backlog=16 \
		--time_based --runtime=$((600 * ${SLOW:-1})) \
		--write_lat_log="$IO_DIR/log" --log_entries=1000000 --log_unix_epoch=1 \
		--disable_clat=1 --disable_slat=1 --disk_util=0 \
		--verify_state_save=0 "$@" \
		>"$IO_DIR/out" 2>&1 &
	IO_PID=$!
	python3 "$TESTS/common/clock.py" "$IO_DIR/stood" &
	IO_CLOCK=$!
	defer io_kill
	# An fio that fails at once is for io_stop or io_finish to judge.
	poll 30 io_begun "$disk" $(($(ios "$disk") + 20)) ||
		fail "I/O to $file does not begin"
}

io_begun() { io_ended || ios_reached "$@"; }

# expect_stall MS [WAIT]: after io_finish, the longest stall without the
# machine's own. WAIT of it go by on a clock, a time-out of iSCSI's for one; the
# rest is work, for which a guest with a debug kernel is given SLOW times as
# long.
expect_stall()
{
	expect_le "$IO_STALL_MS" "$(slow_work "$@")" \
		"longest stall in ms, which began at [$(kernel_time "$IO_STALL_START")],"
}

slow_work() { echo $((${2:-0} + ($1 - ${2:-0}) * ${SLOW:-1})); }

# expect_longest MS [WAIT]: likewise of a single I/O, beside which others may have
# gone on
expect_longest()
{
	expect_le "$IO_LONGEST_MS" "$(slow_work "$@")" \
		"longest I/O in ms, which began at [$(kernel_time "$IO_LONGEST_START")],"
}

# kernel_time MS: milliseconds since the epoch as the kernel's log has them
kernel_time()
{
	awk -v ms="$1" -v now="${EPOCHREALTIME/./}" '{ printf "%.3f", $1 - (now / 1000 - ms) / 1000 }' /proc/uptime
}

# flush DISK: fsync and nothing else
flush() { python3 -c 'import os, sys; os.fsync(os.open(sys.argv[1], os.O_RDWR))' "/dev/$1"; }

io_running() { [ -n "$IO_PID" ] && kill -0 "$IO_PID" 2>/dev/null; }
io_ended() { ! io_running; }

io_kill()
{
	io_ended || kill -9 "$IO_PID"
	poll 10 io_ended || note "fio ($IO_PID) cannot be killed"
	kill "$IO_CLOCK" 2>/dev/null
	IO_PID=''
}

# io_stop [SECONDS]: end the I/O; sets IO_ERRORS (jobs that saw an error, wrong
# data included), IO_DONE (completions), LONGEST_GAP_MS between two of them, and
# IO_STALL_MS, which is the longest without what the machine stood still in it, and
# began at IO_STALL_START; IO_LONGEST_MS and IO_LONGEST_START likewise of one I/O.
io_stop()
{
	# An fio that had an error has ended by itself.
	io_ended || kill -TERM "$IO_PID"
	poll "${1:-30}" io_ended ||
		fail "I/O still hangs ${1:-30} s after it was told to stop"
	kill "$IO_CLOCK"
	wait "$IO_PID" "$IO_CLOCK" 2>/dev/null
	IO_PID=''
	IO_ERRORS=$(grep -c 'err= *[1-9]' "$IO_DIR/out")
	cat "$IO_DIR"/log_lat.*.log >"$IO_DIR/all" 2>/dev/null
	sort -n "$IO_DIR/stood" >"$IO_DIR/still" 2>/dev/null
	read -r IO_DONE LONGEST_GAP_MS IO_STALL_MS IO_STALL_START < <(io_gaps)
	read -r IO_LONGEST_MS IO_LONGEST_START < <(io_longest)
}

# For awk: how long the machine stood still between two times. CPUs that did so
# together did it once.
# shellcheck disable=SC2016 # it is awk's
IO_STOOD='
	function stood(from, to,   i, a, b, sum) {
		for (i = 1; i <= n; i++) {
			a = begin[i] > from ? begin[i] : from
			b = end[i] < to ? end[i] : to
			if (b > a)
				sum += b - a
		}
		return sum + 0
	}
	BEGIN {
		while ((getline <still) > 0) {
			if (!n || $1 > end[n])
				begin[++n] = $1
			if ($2 > end[n])
				end[n] = $2
		}
	}
'

# io_gaps [FROM TO]: how many completions there were, the longest time between two, the
# longest without the machine's own, and when that began. FROM and TO, in ms since the
# epoch, leave out the times between two completions that lie outside.
io_gaps()
{
	sort -n -t, -k1,1 "$IO_DIR/all" | awk -F '[, ]+' -v still="$IO_DIR/still" -v from="${1:-0}" -v to="${2:-0}" "$IO_STOOD"'
		NR > 1 && $1 >= from && (!to || last <= to) {
			gap = $1 - last
			if (gap > longest)
				longest = gap
			if (gap > stall && gap - stood(last, $1) > stall) {
				stall = gap - stood(last, $1)
				start = last
			}
		}
		{ last = $1 }
		END { print NR + 0, longest + 0, stall + 0, start + 0 }'
}

# io_longest: the longest single I/O, without the machine's own, and when it began
io_longest()
{
	awk -F '[, ]+' -v still="$IO_DIR/still" "$IO_STOOD"'
		$2 / 1000000 > longest {
			ms = $2 / 1000000
			ms -= stood($1 - ms, $1)
			if (ms > longest) {
				longest = ms
				start = $1 - $2 / 1000000
			}
		}
		END { printf "%d %.0f\n", longest, start }' "$IO_DIR/all"
}

# io_finish: io_stop, and not one error to the caller, not one wrong byte
io_finish()
{
	io_stop "$@"
	note "I/O: $IO_DONE done, longest stall $LONGEST_GAP_MS ms, without the machine's own $IO_STALL_MS ms, longest I/O $IO_LONGEST_MS ms"
	if [ "$IO_ERRORS" -ne 0 ] || ! grep -q 'err= *0' "$IO_DIR/out"; then
		grep -v '^ ' "$IO_DIR/out" | head -20 >&2
		fail "fio saw errors"
	fi
	[ "$IO_DONE" -gt 0 ] || fail "fio did nothing"
}

# unmount DIR, if anything is mounted there
unmount() { ! mountpoint -q "$1" || umount "$1"; }
