#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
DESC="mpathctl import knows every keyword of the installed dm-multipath, whose whole table of arrays is one configuration"

run()
{
	multipath -t >"$TMP/conf" 2>"$TMP/complaint" || fail "multipath -t: $(cat "$TMP/complaint")"
	"$MPATHCTL" import --json "$TMP/conf" >"$TMP/explained" || fail "cannot be read"
	note "$(jq '.lines | length' "$TMP/explained") lines of $(jq '[.lines[].keyword] | unique | length' "$TMP/explained") keywords"
	expect_eq "$(jq -c '[.lines[] | select(.fate == "unknown")][:5]' "$TMP/explained")" "[]" "unknown lines"
	expect_le 50 "$(jq '[.lines[].keyword] | unique | length' "$TMP/explained")" "keywords of dm-multipath"
}
