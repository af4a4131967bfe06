#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath_test.sh"
DESC="a driver that leaves out what it must give, or half of a pair, is refused with EINVAL"

# with_out NAME...: make a head without these; prints the error of its first path
with_out()
{
	local name dir=$MPATH_TEST/mt
	mkdir "$dir" "$dir/p1"
	for name; do
		write "$name" "$dir/omit" || fail "cannot leave out $name"
	done
	write "/dev/${DISK[1]}" "$dir/p1/disk"
	errno_writing 1 "$dir/p1/added"
	head_destroy mt
}

run()
{
	local name
	driver_load
	disks_apart 1
	defer head_destroy mt
	for name in template iopolicy disk_groups is_disabled is_optimized available_path \
		add_cdev del_cdev cdev_ioctl ioctl_begin ioctl_finish chr_uring_cmd; do
		expect_eq "$(with_out "$name")" EINVAL "without $name: error"
		[ ! -e /sys/block/mt ] || fail "a disk without $name"
	done
	# A command by io_uring needs a char device to come by.
	expect_eq "$(with_out add_cdev del_cdev cdev_ioctl)" EINVAL "no char device: error"
	# What is optional, or left out as a whole, is not missed.
	for name in clone_bio remove_head ioctl_check parent 'ioctl_begin ioctl_finish' \
		'chr_uring_cmd chr_uring_cmd_iopoll' chr_uring_cmd_iopoll \
		'add_cdev del_cdev cdev_ioctl chr_uring_cmd chr_uring_cmd_iopoll'; do
		# shellcheck disable=SC2086
		expect_eq "$(with_out $name)" none "without $name: error"
	done
	expect_eq "$(refcnt mpath_test)" 0 "references to the driver"
}
