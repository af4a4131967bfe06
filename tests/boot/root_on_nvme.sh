#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="NVMe's package: a root file system behind two controllers is on a head of libmultipath, and outlives one of them"
HOST=1
TIMEOUT=1800

job()
{
	cat <<-'JOB'
		mpathctl
		modinfo -F depends nvme_core | grep libmultipath
		[[ $(findmnt -n -o SOURCE /) = /dev/nvme*n1 ]]
		head=/sys/block/$(basename "$(findmnt -n -o SOURCE /)")
		[ "$(ls -d $head/multipath/nvme* | wc -l)" = 2 ]
		[ "$(cat $head/multipath/state)" = online ]
		none_failed
		path=$(readlink -f "$(ls -d $head/multipath/nvme* | head -n 1)")
		# As when the card is pulled
		echo 1 >"$path/device/device/remove"
		left() { [ "$(ls -d $head/multipath/nvme* | wc -l)" = 1 ]; }
		until_true 30 left
		write_root 10
		never_said 'EXT4-fs error|I/O error'
	JOB
}

run()
{
	machine_create nvme
	machine_boot nvme < <(job)
}
