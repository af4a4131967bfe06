#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="ioctls of a unit reach a path; through a partition only for who may do raw I/O; none is made up without a path"

requires()
{
	have_prog python3 parted setpriv sg_raw
	have_module scsi_mpath scsi_debug
}

# geometry DISK: heads, sectors, cylinders by HDIO_GETGEO, or the error
geometry()
{
	python3 - "/dev/$1" <<-'EOF'
	import errno, fcntl, os, struct, sys
	disk = os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK)
	try:
	    data = fcntl.ioctl(disk, 0x0301, bytes(16))
	    print(*struct.unpack("BBH", data[:4]))
	except OSError as error:
	    print(errno.errorcode[error.errno])
	EOF
}

inquiry() { "${@:2}" sg_raw -r 36 "/dev/$1" 12 00 00 00 24 00; }

run()
{
	local without=(setpriv --bounding-set=-sys_rawio --inh-caps=-sys_rawio)
	unit_up_debug add_host=6
	find_pair
	expect_eq "$(geometry "$HEAD")" "$(geometry "${P[A]}")" "geometry"
	expect_ok inquiry "$HEAD"
	expect_ok inquiry "$HEAD" "${without[@]}"

	expect_ok parted -s "/dev/$HEAD" mklabel gpt mkpart a 1MiB 8MiB
	wait_until 10 test -b "/dev/${HEAD}1"
	expect_ok inquiry "${HEAD}1"
	# The path would see its whole disk.
	expect_fail inquiry "${HEAD}1" "${without[@]}"

	echo offline >"/sys/block/${P[A]}/device/state"
	expect_ok inquiry "$HEAD"
	# It would wait for one of them.
	expect_ok head_set no_path_timeout 0
	set_all offline
	wait_head state failed
	expect_eq "$(geometry "$HEAD")" EAGAIN "geometry without a path"
	set_all running
	wait_path "${P[A]}" health good
	expect_ok inquiry "$HEAD"
}

set_all()
{
	local n
	for n in "${!P[@]}"; do put "$1" "/sys/block/${P[n]}/device/state"; done
}
