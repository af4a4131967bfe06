#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl import of what is no configuration: one line that names the place, and nothing explained"
HOST=1

run()
{
	tree_use
	rejected 1 "'failback' has no value" 'failback'
	rejected 2 "'failback' has no value" 'defaults {\n failback # why?\n}'
	rejected 1 "a string that does not end" 'alias "x'
	rejected 1 "'path_selector' has more than one value" 'path_selector round-robin 0'
	rejected 1 "a word was expected where '\"' is" '"defaults" {\n}'
	rejected 1 "a word was expected where '}' is" '}'
	rejected 1 "a word was expected where '{' is" 'a {\nb {\nc {\nd {\n' 4
	rejected 2 "the section that begins in line 1 does not end" 'defaults {\n verbosity 2\n'
	rejected 1 "there are characters that cannot be printed" 'alias "\033[2J"'
	rejected 1 "there are characters that cannot be printed" 'alias \xff'
	expect_refused 1 "$TMP/none: No such file" import "$TMP/none"
	expect_refused 1 "$TMP: Is a directory" import "$TMP"
	expect_refused 2 "which one file" import a b
	for text in '' '# nothing' '\0\0\0' 'defaults {\n}\n'; do
		printf '%b' "$text" >"$TMP/conf"
		expect_status 0 import --json "$TMP/conf"
		expect_eq "$(jq -c .lines <<<"$OUTPUT")" "[]" "lines of '$text'"
	done
	head -c 200000 /dev/zero | tr '\0' '{' >"$TMP/conf"
	expect_status 1 import "$TMP/conf"
	head -c 200000 /dev/urandom >"$TMP/conf"
	ctl import "$TMP/conf" >"$TMP/output" 2>&1
	[ $? -le 1 ] || fail "random bytes: $(cat "$TMP/output")"
}

# rejected LINE WORDS TEXT [LINE]
rejected()
{
	printf '%b' "$3" >"$TMP/conf"
	expect_refused 1 "$TMP/conf:${4:-$1}: $2" import "$TMP/conf"
}
