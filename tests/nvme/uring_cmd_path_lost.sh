#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="uring_cmd on the head's char device: verified data over each path in turn; without a path an error"

requires()
{
	have_prog fio nvme
	have_module nvme_core nvme_loop nvmet
	[ "$(cat /proc/sys/kernel/io_uring_disabled 2>/dev/null || echo 0)" = 0 ] || skip "io_uring is disabled"
}

# uring NAME [FIO OPTION...]
uring()
{
	local name=$1
	shift
	timeout 60 fio --name="$name" --filename="$CHAR" --ioengine=io_uring_cmd --cmd_type=nvme \
		--thread --bs=4k --size=2M --iodepth=4 "$@"
}

run()
{
	local writer
	unit_up
	CHAR=/dev/ng${HEAD#nvme}
	wait_until 5 test -c "$CHAR"
	nvmet_ana 2 inaccessible
	wait_ana 2 inaccessible
	expect_ok uring one --rw=write --verify=crc32c --do_verify=1
	nvmet_ana 2 optimized
	nvmet_ana 1 inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 optimized
	# What went in by one path comes back by the other.
	expect_ok uring one --rw=read --verify=crc32c
	# A path that goes under commands in flight: those may fail, none may hang.
	nvmet_ana 1 non-optimized
	wait_ana 1 non-optimized
	touch "$TMP/mark"
	timeout -k 5 60 fio --name=flight --filename="$CHAR" --ioengine=io_uring_cmd --cmd_type=nvme --thread \
		--bs=4k --size=2M --iodepth=8 --rw=randwrite --time_based --runtime=20 \
		--ignore_error=,5:11:22:19 >"$TMP/flight" 2>&1 &
	writer=$!
	wait_until 20 test "$TMP/ns1" -nt "$TMP/mark"
	nvme_disconnect 2
	wait_until 40 gone "$writer"
	wait "$writer"
	[ $? -ne 124 ] || fail "commands in flight hang"
	nvmet_ana 1 inaccessible
	wait_ana 1 inaccessible
	uring none --rw=read >"$TMP/none" 2>&1
	case $? in
	0) fail "read without a path" ;;
	124) fail "hangs without a path" ;;
	esac
	nvmet_ana 1 optimized
	wait_ana 1 optimized
	expect_ok uring again --rw=randread
}

gone() { ! kill -0 "$1" 2>/dev/null; }
