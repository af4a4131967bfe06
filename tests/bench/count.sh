# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Instructions per I/O, in a guest whose clock counts them (tests/vm/run -c): what
# the overhead bench does in either guest.

# shellcheck source=tests/bench/guest.sh
. "$TESTS/bench/guest.sh"

# Engines with their depths, patterns with what fio calls them and how many I/Os of
# them are counted. fio's clock has milliseconds: some hundred of them must pass.
ENGINES=(io_uring:32 libaio:32 psync:1)
PATTERNS=(randread-4k:randread:4k:40000 randwrite-4k:randwrite:4k:40000
	read-128k:read:128k:20000)
# shellcheck disable=SC2034 # they are for the guests
POLICIES=(numa round-robin queue-depth)
# shellcheck disable=SC2034
PATHS=(2 8)
# What is held to its committed ratios with every change.
if [ -n "${BENCH_QUICK:-}" ]; then
	PATTERNS=("${PATTERNS[@]:0:1}")
	# shellcheck disable=SC2034
	PATHS=(2)
fi

# What fio is run under
FIO_UNDER=()
# Its memory is contiguous: what pages it happens to get decides how many segments
# 128 KiB have, and these cost.
echo 16 >/proc/sys/vm/nr_hugepages

# count DISK DEVICE POLICY PATHS: a row for each engine and pattern
count()
{
	local engine pattern
	for engine in "${ENGINES[@]}"; do
		for pattern in "${PATTERNS[@]}"; do
			count_one "$1" "${engine%:*}" "${engine#*:}" "$pattern" || exit
			row "$2" "$3" "${engine%:*}" "${pattern%%:*}" "$4" "$INSTRUCTIONS"
		done
	done
}

# count_one DISK ENGINE DEPTH PATTERN: sets INSTRUCTIONS, those of fio included
count_one()
{
	local name rw bs ios
	IFS=: read -r name rw bs ios <<<"$4"
	# fio would make a file of that name, and count what that costs.
	[ -b "/dev/$1" ] || fail "no disk /dev/$1"
	"${FIO_UNDER[@]}" fio --name="$name" --filename="/dev/$1" --mem=shmhuge \
		--ioengine="$2" --iodepth="$3" --rw="$rw" --bs="$bs" --direct=1 --thread --norandommap \
		--size=16m --io_size=1t --number_ios="$ios" --disk_util=0 \
		--output-format=json --output="$TMP/fio.json" ||
		fail "fio: $(head -n 3 "$TMP/fio.json")"
	INSTRUCTIONS=$(jq '.jobs[0] | if .error == 0 then
			(.read, .write) | select(.total_ios > 0) | .runtime * 1e6 / .total_ios | round
		else empty end' "$TMP/fio.json")
	[ -n "$INSTRUCTIONS" ] || fail "fio counted nothing on $1"
}

# snapshot DIR NAME: the plugin of QEMU's that looks there writes what it has counted
# until now. Seconds of an idle guest pass in no time.
snapshot()
{
	echo "$2" >"$1/snapshot.new"
	mv "$1/snapshot.new" "$1/snapshot"
	wait_until 36000 test -e "$1/$2.counts"
}
