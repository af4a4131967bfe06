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

# io_start DISK|FILE [FIO OPTION...]: random writes, read back and verified
# 16 at a time. Every completion goes to a log, from which io_finish takes the
# longest stall. Returns when the I/O flows.
io_start()
{
	local file=$1 disk=${1##*/}

	shift
	[ -e "$file" ] || file=/dev/$disk
	[ -d "/sys/block/$disk" ] || disk=$HEAD
	IO_DIR=$(mktemp -d "$TMP/io.XXXX")
	fio --name=io --filename="$file" --thread --eta=never --direct=1 \
		--ioengine=io_uring --iodepth=4 --bs=4k --rw=randwrite --size=16M \
		--verify=crc32c --verify_fatal=1 --verify_backlog=16 \
		--time_based --runtime=300 --write_lat_log="$IO_DIR/log" \
		--disable_clat=1 --disable_slat=1 --verify_state_save=0 "$@" \
		>"$IO_DIR/out" 2>&1 &
	IO_PID=$!
	io_watch_clock &
	IO_CLOCK=$!
	defer io_kill
	# An fio that fails at once is for io_stop or io_finish to judge.
	poll 30 io_begun "$disk" $(($(ios "$disk") + 20)) ||
		fail "I/O to $file does not begin"
}

io_begun() { io_ended || ios_reached "$@"; }

# Write down whenever this machine itself stood still for longer than before: an
# emulated CPU that has to wait for a real one is not the fault of a path.
io_watch_clock()
{
	local now last=${EPOCHREALTIME/./} longest=20000
	while read -r -t 0.02 <>"$STATE/clock" || [ -d "$IO_DIR" ]; do
		now=${EPOCHREALTIME/./}
		if [ $((now - last)) -gt "$longest" ]; then
			longest=$((now - last))
			echo $((longest / 1000)) >"$IO_DIR/hiccup"
		fi
		last=$now
	done
}

# expect_stall MS [WAIT]: after io_finish, the longest stall without the
# machine's own. WAIT of it go by on a clock, a time-out of iSCSI's for one; the
# rest is work, for which a guest with a debug kernel is given SLOW times as
# long.
expect_stall()
{
	local wait=${2:-0}
	expect_le "$((LONGEST_GAP_MS - IO_HICCUP_MS))" \
		"$((wait + ($1 - wait) * ${SLOW:-1}))" "longest stall in ms"
}

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
# data included), IO_DONE (completions) and LONGEST_GAP_MS.
io_stop()
{
	# An fio that had an error has ended by itself.
	io_ended || kill -TERM "$IO_PID"
	poll "${1:-30}" io_ended ||
		fail "I/O still hangs ${1:-30} s after it was told to stop"
	kill "$IO_CLOCK"
	wait "$IO_PID" "$IO_CLOCK" 2>/dev/null
	IO_PID='' IO_HICCUP_MS=$(cat "$IO_DIR/hiccup" 2>/dev/null || echo 20)
	IO_ERRORS=$(grep -c 'err= *[1-9]' "$IO_DIR/out")
	cat "$IO_DIR"/log_lat.*.log >"$IO_DIR/all" 2>/dev/null
	# Times are of completion, in milliseconds since the start.
	read -r IO_DONE LONGEST_GAP_MS < <(sort -n -t, -k1,1 "$IO_DIR/all" |
		awk -F, 'NR > 1 && $1 - last > gap { gap = $1 - last }
			{ last = $1 }
			END { print NR + 0, gap + 0 }')
}

# io_finish: io_stop, and not one error to the caller, not one wrong byte
io_finish()
{
	io_stop "$@"
	note "I/O: $IO_DONE done, longest stall $LONGEST_GAP_MS ms, of the machine $IO_HICCUP_MS ms"
	if [ "$IO_ERRORS" -ne 0 ] || ! grep -q 'err= *0' "$IO_DIR/out"; then
		grep -v '^ ' "$IO_DIR/out" | head -20 >&2
		fail "fio saw errors"
	fi
	[ "$IO_DONE" -gt 0 ] || fail "fio did nothing"
}

# unmount DIR, if anything is mounted there
unmount() { ! mountpoint -q "$1" || umount "$1"; }
