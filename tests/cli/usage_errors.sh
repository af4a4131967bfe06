#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl used wrongly: status 2, one line that names what is wrong; --help works everywhere"
HOST=1

run()
{
	tree_use iscsi
	expect_refused 2 "no verb 'lisst'" lisst
	expect_refused 2 "--help" list --colour
	expect_refused 2 "--help" -o
	expect_status 0 --help
	expect_eq "$COMPLAINT" "" "complaints about --help"
	for verb in list show policy set top events stats doctor import udev path reset; do
		grep -q "^  $verb " <<<"$OUTPUT" || fail "--help knows no $verb"
		expect_status 0 "$verb" --help
	done
	expect_status 0 --version
	expect_eq "$OUTPUT" "mpathctl $(sed -n '1s/.*(\(.*\)).*/\1/p' "$TOP/debian/changelog")"
	ctl list >/dev/full 2>"$TMP/complaint" && fail "a full disk went unnoticed"
	grep -q "cannot write" "$TMP/complaint" || fail "said: $(cat "$TMP/complaint")"
}
