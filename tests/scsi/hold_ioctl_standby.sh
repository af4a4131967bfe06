#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/pr.sh"
DESC="H5, H6: a unit in standby answers SG_IO and a reservation command when it is active again; I/O goes on while keys are registered"

requires()
{
	have_prog sg_raw python3
	have_module scsi_mpath
}

ended() { ! kill -0 "$1" 2>/dev/null; }

set_groups()
{
	local n
	for n in 1 2; do
		lio_alua "$n" "$1"
		nudge "${P[n]}"
	done
}

# register_often COUNT: from one process, as fast as it goes
register_often()
{
	python3 - "/dev/$HEAD" "$1" <<-'EOF'
	import fcntl, os, struct, sys
	disk = os.open(sys.argv[1], os.O_RDWR)
	for n in range(int(sys.argv[2])):
	    for key in 0xabc, 0:
	        arg = struct.pack("QQII", 0, key, 1, 0)
	        if fcntl.ioctl(disk, 0x401870c8, bytearray(arg), True):
	            sys.exit("refused")
	EOF
}

run()
{
	local inquiry register
	pr_up portals=2
	wait_head state online
	set_groups standby
	wait_head state no-usable-path
	sg_raw -r 36 "/dev/$HEAD" 12 00 00 00 24 00 >/dev/null 2>&1 &
	inquiry=$!
	"$TESTS/common/pr.py" "/dev/$HEAD" reserve 0xabc $WRITE_REGISTRANTS >/dev/null 2>&1 &
	register=$!
	within 2 ended $inquiry && fail "SG_IO did not wait for a path"
	ended $register && fail "the reservation did not wait for a path"
	set_groups active/optimized
	wait_head state online 30
	wait $inquiry || fail "SG_IO failed although the unit is back"
	# No key was registered: it is the target that says no.
	wait $register && fail "a reservation without a key"

	head_set no_path_timeout 0
	io_start "$HEAD" --iodepth=16
	expect_ok register_often 150
	io_finish
	expect_eq "$(head_get failed)" 0 "I/O for which there was no path"
}
