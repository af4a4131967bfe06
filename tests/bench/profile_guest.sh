#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What tests/bench/profile counts by function: the raw disk and scsi_mpath over two
# paths, with one engine and policy.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"
# shellcheck source=tests/bench/units.sh
. "$TESTS/bench/units.sh"

# count DISK DEVICE POLICY PATHS, of which the first two matter here
count()
{
	local pattern
	pattern=$(printf '%s\n' "${PATTERNS[@]}" | grep "^$PROFILE_PATTERN:") ||
		fail "no pattern $PROFILE_PATTERN"
	# What is done once, by the first I/O, is not of interest.
	count_one "$1" "${PROFILE_ENGINE%:*}" "${PROFILE_ENGINE#*:}" "${pattern%:*}:1000"
	snapshot "$OUT" "$2-before"
	count_one "$1" "${PROFILE_ENGINE%:*}" "${PROFILE_ENGINE#*:}" "$pattern"
	snapshot "$OUT" "$2-after"
	cat /proc/kallsyms >"$OUT/$2.symbols"
	echo "ios ${pattern##*:}"
}

stack raw
stack native 2 "$PROFILE_POLICY"
echo end
