# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the guests of all benches share.

# A stack's set-up says on 5 what went wrong.
exec 5>&1
# shellcheck source=tests/common/rc
. "$TESTS/common/rc"

# Where what tests share puts its files
# shellcheck disable=SC2034
TMP=$(mktemp -d)

# What is measured, and with what: for the report
dpkg-query -W fio multipath-tools open-iscsi >/out/versions

# stack FUNCTION ARG...: set up, measure and take down one way to reach the data, in
# a life of its own, as a test has
stack()
{
	local stack=("$@")
	(
		STATE=$(mktemp -d)
		requires() { :; }
		run() { "${stack[@]}"; }
		run_test
	) || exit 1
}

# row FIELD...: a row of the result, for the host
row()
{
	local IFS=$'\t'
	printf 'row\t%s\n' "$*"
}

now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
