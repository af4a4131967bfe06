#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="failback and explicit_alua: what they take, and what they refuse without a change"
QUICK=1

run()
{
	local word
	modprobe scsi_mpath failback=manual || fail "scsi_mpath does not load"
	defer mpath_unload
	unit_up_debug
	expect_eq "$(unit_get failback)" manual
	for word in immediate 1 86400 manual; do
		unit_set failback "$word"
		expect_eq "$(unit_get failback)" "$word"
	done
	unit_set failback 0
	expect_eq "$(unit_get failback)" immediate
	for word in soon -1 86401 "" 5s; do
		expect_fail unit_set failback "$word"
		expect_eq "$(unit_get failback)" immediate "failback after '$word'"
	done
	unit_set explicit_alua 0
	expect_fail unit_set explicit_alua maybe
	expect_eq "$(unit_get explicit_alua)" 0
}
