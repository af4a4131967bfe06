#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="H7: a bio for which there is no memory waits, or is told if it must not, and the head does not spin"
QUICK=1

# The jiffies that all CPUs together were idle, in hundredths of a second.
idle() { awk '$1 == "cpu" { print $5 + $6 }' /proc/stat; }

reader_ended() { ! kill -0 "$READER" 2>/dev/null; }

# read_nowait: prints "none" or the error of a read that must not wait
read_nowait()
{
	python3 - "/dev/$HEAD" <<-'EOF'
	import errno, mmap, os, sys
	fd = os.open(sys.argv[1], os.O_RDONLY | os.O_DIRECT)
	try:
	    os.preadv(fd, [mmap.mmap(-1, 4096)], 0, os.RWF_NOWAIT)
	    print("none")
	except OSError as e:
	    print(errno.errorcode[e.errno])
	EOF
}

run()
{
	local before
	disks_apart 2
	unit_up 2
	path_set 2 disabled 1
	wait_head state degraded
	expect_eq "$(read_nowait)" none "a read that need not wait"
	path_set 1 refuse_clone 1
	expect_eq "$(read_nowait)" EAGAIN "a read that must not wait"
	read_head &
	READER=$!
	before=$(idle)
	within 2 reader_ended && fail "it did not wait for memory"
	# Two seconds with two CPUs, most of which nobody had anything to do.
	expect_le 100 $(($(idle) - before)) "hundredths of a second at rest"
	path_set 1 refuse_clone 0
	wait "$READER" || fail "an error although there is memory again"

	# What waits for memory ends with the last path.
	path_set 1 refuse_clone 1
	read_head &
	READER=$!
	poll 0.5 reader_ended && fail "it did not wait for memory"
	path_set 2 available 0
	path_set 1 available 0
	path_set 1 disabled 1
	wait "$READER" && fail "no error although no path can come back"
	expect_eq "$(head_get failed)" 1 "failed I/O"
}
