#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# profile_guest.sh scsi|nvme PATHS: what tests/bench/profile counts by function, with
# one engine and policy: the raw disk and scsi_mpath, or the kernel's own nvme-core
# and ours.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"

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

scsi()
{
	# shellcheck source=tests/bench/units.sh
	. "$TESTS/bench/units.sh"
	stack raw
	stack native "$1" "$PROFILE_POLICY"
}

nvme()
{
	# shellcheck source=tests/bench/namespaces.sh
	. "$TESTS/bench/namespaces.sh"
	stack native "$1" stock "$PROFILE_POLICY"
	stack native "$1" ours "$PROFILE_POLICY"
}

"$1" "$2"
echo end
