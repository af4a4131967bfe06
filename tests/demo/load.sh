# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The I/O under which the story is played, and how it is measured.
#
# fio     random writes, every block read back and its CRC checked
# probe   one O_DIRECT write after another, the time of each completion logged:
#         the longest distance between two of them is the longest time in
#         which no write got through, the "stall" of a step. And a thread that
#         only sleeps: what it sleeps too long is a pause of the guest, on a
#         host that has other things to do.
# samples I/O counts of the paths, five times a second, for the picture

readonly FIO_LIMIT=600		# s: ends the load even if the story hangs
readonly DATA=$MNT/data
readonly PROBE_LOG=$WORK/probe.log
readonly SAMPLE_LOG=$WORK/samples.log
readonly EVENT_LOG=$WORK/events.log
readonly FIO_VERIFY=(--filename="$DATA" --size=48M --bs=4k --direct=1 --verify=crc32c --verify_fatal=1
	--verify_state_save=0 --ioengine=io_uring --iodepth=8 --minimal)
# Less than the guest can do: it is the paths that are to be measured, not how
# long a thread waits for an emulated CPU.
readonly FIO_RATE=200		# writes, and as many reads, a second

# Every block gets its checksum before the story begins, so that the last pass
# can check them all.
data_fill()
{
	fio --name=fill --rw=write --do_verify=0 "${FIO_VERIFY[@]}" >"$WORK/fio-fill.log"
	dd if=/dev/zero of="$MNT/probe" bs=1M count=1 conv=fsync status=none
}

load_start()
{
	fio --name=story --rw=randwrite --verify_backlog=128 --time_based --runtime=$FIO_LIMIT \
		--rate_iops=$FIO_RATE,$FIO_RATE "${FIO_VERIFY[@]}" \
		>"$WORK/fio-story.log" 2>"$WORK/fio-story.err" &
	fio_pid=$!
	nice -n -20 python3 "$DEMO/probe.py" "$MNT/probe" >"$PROBE_LOG" &
	probe_pid=$!
	sample_loop >"$SAMPLE_LOG" &
	sample_pid=$!
}

load_running()
{
	kill -0 "$fio_pid" 2>/dev/null && kill -0 "$probe_pid" 2>/dev/null
}

load_stop()
{
	kill "$sample_pid" "$probe_pid"
	kill -INT "$fio_pid"
	wait "$fio_pid" "$probe_pid" "$sample_pid" || :
}

# These reads come in another order than the writes did, hence no check of the
# seed in the header.
data_verify_all()
{
	fio --name=final --rw=read --verify_header_seed=0 "${FIO_VERIFY[@]}" \
		>"$WORK/fio-final.log" 2>"$WORK/fio-final.err" || :
}

sample_loop()
{
	local idle

	# A read that times out is a sleep without a fork.
	exec {idle}<> <(:)
	while :; do
		sample
		read -r -t 0.2 -u "$idle" || :
	done
}

sample()
{
	local us=${EPOCHREALTIME/[.,]/} portal line

	line=$((us / 1000))
	for portal in "${PORTALS[@]}"; do
		REPLY=-
		! disk_of "$portal" || ios_of "$REPLY" || REPLY=-
		line+=" $REPLY"
	done
	echo "$line"
}

# mark begin|end STEP TITLE: where the picture shows a fault
mark()
{
	echo "$(now_ms) $*" >>"$EVENT_LOG"
}

# stall FROM TO: three numbers in ms: the longest time without a completed
# write, for how much of it the guest was paused, and the longest such time
# less its pauses. A gap between two writes counts when it ends after FROM; the
# one still open at TO counts up to TO.
stall()
{
	awk -v from="$1" -v to="$2" '
		function note(start, end) {
			if (end - start < 20 && end - start <= longest)
				return
			gaps++
			gap_start[gaps] = start
			gap_end[gaps] = end
			if (end - start > longest)
				longest = end - start
		}
		function min(a, b) { return a < b ? a : b }
		function max(a, b) { return a > b ? a : b }
		function overlap(pause, gap) {
			return max(0, min(pause_end[pause], gap_end[gap]) - max(pause_start[pause], gap_start[gap]))
		}
		function paused(gap,   i, sum) {
			for (i = 1; i <= pauses; i++)
				sum += overlap(i, gap)
			return sum + 0
		}
		$2 == "late" {
			if ($1 >= from) {
				pauses++
				pause_start[pauses] = $1 - $3
				pause_end[pauses] = $1
			}
			next
		}
		$1 > to { next }
		$1 >= from && last { note(last, $1) }
		{ last = $1 }
		END {
			note(last, to)
			longest = -1
			for (i = 1; i <= gaps; i++) {
				gap = gap_end[i] - gap_start[i]
				part = paused(i)
				net = max(net, gap - part)
				if (gap > longest) {
					longest = gap
					of_it = part
				}
			}
			printf "%d %d %d\n", longest, of_it, net
		}' "$PROBE_LOG"
}

# How a fio run ended: the fifth field of its terse line is an error number,
# 84 (EILSEQ) for a wrong checksum.
fio_error()
{
	awk -F';' '$1 == 3 { error = $5 } END { print error == "" ? "none" : error }' "$WORK/fio-$1.log"
}

probe_errors()
{
	grep -c error "$PROBE_LOG" || :
}

# Writers that saw an error; a fio run that left no result counts as one.
io_errors()
{
	local run error sum

	sum=$(probe_errors)
	for run in story final; do
		error=$(fio_error $run)
		[[ $error == 0 || $error == 84 ]] || sum=$((sum + 1))
	done
	echo "$sum"
}

verify_errors()
{
	local run sum=0

	for run in story final; do
		[[ $(fio_error $run) != 84 ]] || sum=$((sum + 1))
	done
	echo "$sum"
}

load_errors()
{
	cat "$WORK"/fio-*.err
	grep -m 3 error "$PROBE_LOG"
}

load_finish()
{
	load_stop
	data_verify_all
	echo "fio wrote $(fio_writes) blocks and verified each; a last pass over the file read and checked every block"
}

# Field 47 of the terse line is what was written, in KiB.
fio_writes()
{
	awk -F';' '$1 == 3 { print int($47 / 4) }' "$WORK/fio-story.log"
}
