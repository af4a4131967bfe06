# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the demo prints, and how it ends.

faults=()		# what was wrong, for the last line
longest=0		# ms, of all steps
# shellcheck disable=SC2034 # set by the story
failovers_of_the_gone=0
total_failovers=0

chapter()
{
	printf '\n== %s\n' "$1"
}

now_ms()
{
	local us=${EPOCHREALTIME/[.,]/}

	echo $((us / 1000))
}

# await SECONDS WHAT COMMAND...: poll; the story cannot go on without it
await()
{
	local limit=$1 what=$2 start=$SECONDS told=$SECONDS

	shift 2
	until "$@"; do
		((SECONDS - start <= limit)) || fail "waited $limit s for $what"
		if ((SECONDS - told >= 20)); then
			told=$SECONDS
			echo "  ... waiting for $what"
		fi
		sleep 0.1
	done
}

report_head()
{
	printf '%-38s %9s %9s %9s   %s\n' "what was done" "stall" "limit" "paused" \
		"I/O before -> during -> after"
}

# report TITLE LIMIT "STALL PAUSED NET" BEFORE DURING AFTER: the step's line,
# and its judgment. While the guest itself was paused, no path was to blame.
report()
{
	local title=$1 limit=$2 stall paused net

	read -r stall paused net <<<"$3"
	((longest >= stall)) || longest=$stall
	[[ $limit == - ]] || limit+=" ms"
	printf '%-38s %6d ms %9s %6d ms   %s -> %s -> %s\n' "$title" "$stall" "$limit" "$paused" "$4" "$5" "$6"
	[[ $2 == - ]] || ((net <= $2)) ||
		fault "$title: a write stalled for $net ms, the limit is $2 ms"
}

# A fault of the modules that need not end the story
fault()
{
	faults+=("$1")
	echo "  FAULT: $1"
}

# fail REASON: the story ends here
fail()
{
	trap - ERR
	set +e
	echo "  FAILED: $1"
	show_paths
	dmesg | tail -n 40
	artifacts_save 2>/dev/null
	echo "demo: FAIL ${1%%$'\n'*}"
	exit 1
}

trap 'fail "line $LINENO of ${BASH_SOURCE##*/}: $BASH_COMMAND"' ERR

kernel_complaints()
{
	dmesg | grep -E 'BUG:|WARNING:|Oops|EXT4-fs error|Buffer I/O error on dev mpath' || :
}

artifacts_save()
{
	dmesg >"$WORK/dmesg.log"
	cp "$WORK"/*.log "$WORK"/*.err "$OUT/"
}

verdict()
{
	local io verify list

	[[ -z $(kernel_complaints) ]] || fault "the kernel complained: $(kernel_complaints | head -n 1)"
	io=$(io_errors)
	verify=$(verify_errors)
	((io == 0)) || fault "io_errors=$io"
	((verify == 0)) || fault "verify_errors=$verify"
	artifacts_save
	if ((${#faults[@]})); then
		list=$(printf '; %s' "${faults[@]}")
		echo "demo: FAIL ${list:2}"
		exit 1
	fi
	echo "demo: PASS io_errors=$io verify_errors=$verify longest_gap_ms=$longest failovers=$total_failovers"
}
