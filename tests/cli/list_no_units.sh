#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl where there is nothing: says so, and is no failure; JSON is valid"
HOST=1

run()
{
	tree_use
	expect_status 0 list
	expect_eq "$OUTPUT" ""
	grep -q "no multipathed disks" <<<"$COMPLAINT" || fail "said: $COMPLAINT"
	expect_status 0 --json
	expect_eq "$(jq -c . <<<"$OUTPUT")" '{"version":1,"units":[]}'
	rm -r "$SYSROOT/sys"
	expect_status 0 list
}
