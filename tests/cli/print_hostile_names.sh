#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="what a target calls itself reaches no terminal as anything but text, and breaks no JSON"
HOST=1

run()
{
	local file
	tree_use iscsi
	file=$(realpath "$SYSROOT/sys/block/sda/device/model")
	# shellcheck disable=SC1003 # a backslash is meant
	for text in '\e]0;owned\a\e[2J' 'a\nmpathz online' '\0\0x' '\xff\xfe"\\' 'tab\there' "$(printf 'x%.0s' {1..5000})"; do
		printf '%b' "$text" >"$file"
		for args in list show "list -p" "list --json"; do
			# shellcheck disable=SC2086
			expect_status 0 $args
			LC_ALL=C grep -qP '[^\x20-\x7e\n\xe2\x94\x80\x9c]' <<<"$OUTPUT" && fail "$args printed $(od -c <<<"$OUTPUT")"
			expect_eq "$(grep -c '^mpathz' <<<"$OUTPUT")" 0 "lines that the target made up"
		done
		jq -e . >"$TMP/json" <<<"$OUTPUT" || fail "JSON is broken by $text"
	done
}
