# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Disks of null_blk, by configfs.

NULLB=$CONFIGFS/nullb

# write VALUE FILE: in one write, as the kernel wants it, and quietly
write() { printf '%s\n' "$1" 2>/dev/null >"$2"; }

# null_blk_create NAME [ATTRIBUTE=VALUE...]: a disk of 64 MiB unless told
# otherwise; prints its name in /dev
null_blk_create()
{
	local name=$1 arg
	shift
	modprobe null_blk nr_devices=0 || fail "no null_blk"
	mkdir "$NULLB/$name" || fail "no null_blk disk"
	for arg in size=64 submit_queues=2 irqmode=0 "$@"; do
		write "${arg#*=}" "$NULLB/$name/${arg%%=*}" || fail "null_blk: no $arg"
	done
	write 1 "$NULLB/$name/power" || fail "null_blk: $name has no power"
	poll 5 test -b "/dev/$(null_blk_disk "$name")" || fail "null_blk: no disk for $name"
	null_blk_disk "$name"
}

# Newer kernels name the disk after the directory, older ones by its index.
null_blk_disk()
{
	if [ -b "/dev/$1" ]; then
		echo "$1"
	else
		echo "nullb$(cat "$NULLB/$1/index")"
	fi
}

null_blk_destroy_all()
{
	local dir
	for dir in "$NULLB"/*/; do
		[ ! -d "$dir" ] || rmdir "$dir"
	done
	wait_until 10 modprobe -r null_blk
}
