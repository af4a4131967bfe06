#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="passthrough on disk and char device of the head: takes the path that is left, ends with an error when none is"
QUICK=1

requires()
{
	have_prog fio nvme
	have_module nvme_core nvme_loop nvmet
}

# The block FIRST of the namespace, by an I/O command
pass_write() { nvme write "$1" -n 1 -s "$2" -c 0 -z 4096 -d "$TMP/data"; }
pass_read() { nvme read "$1" -n 1 -s "$2" -c 0 -z 4096 -d "$TMP/back"; }

through()
{
	local file=$1 block=$2
	head -c 4096 /dev/urandom >"$TMP/data"
	expect_ok pass_write "$file" "$block"
	expect_ok pass_read "$file" "$block"
	cmp "$TMP/data" "$TMP/back" || fail "$file: other data came back"
	expect_ok nvme id-ns "$file" -n 1
}

run()
{
	local char file
	unit_up
	char=/dev/ng${HEAD#nvme}
	wait_until 5 test -c "$char"
	for file in "/dev/$HEAD" "$char"; do
		through "$file" 8
		nvmet_ana 1 inaccessible
		wait_ana 1 inaccessible
		through "$file" 16
		nvmet_ana 1 optimized
		nvmet_ana 2 inaccessible
		wait_ana 1 optimized
		wait_ana 2 inaccessible
		through "$file" 24
		nvme_disconnect 1
		# Nothing waits here.
		expect_refused 5 nvme read "$file" -n 1 -s 8 -c 0 -z 4096 -d /dev/null
		nvme_connect 1
		unit_find
		wait_ana 1 optimized
		through "$file" 32
		nvmet_ana 2 optimized
		wait_ana 2 optimized
	done
	# What a command of the controller is about finds a controller.
	expect_ok nvme id-ctrl "$char"
}
