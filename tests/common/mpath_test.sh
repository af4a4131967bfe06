# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# libmultipath without SCSI: heads and paths of the driver mpath_test. HEAD is
# the head that verbs speak of. A path is named pN, has the number N, and lies
# on the disk ${DISK[N]}.
#
# Where data shall be right whichever path it takes, the paths are linear
# device-mapper disks over one null_blk disk with memory (disks_shared). Where
# paths shall differ, each is a null_blk disk of its own (disks_apart).

# They are for the tests.
# shellcheck disable=SC2034
HEAD='' DISK=() D=()

for lib in io head null_blk stress; do
	# shellcheck source=/dev/null
	. "$TESTS/common/$lib.sh"
done

MPATH_TEST=$CONFIGFS/mpath_test
EVENTS=/sys/kernel/tracing/events/multipath

requires()
{
	have_prog fio dmsetup python3
	have_module mpath_test null_blk dm_mod
}

refcnt() { content "/sys/module/$1/refcnt"; }
refcnt_is() { [ "$(refcnt "$1")" -eq "$2" ]; }

driver_load()
{
	[ ! -d /sys/module/mpath_test ] || return 0
	modprobe mpath_test || fail "mpath_test does not load"
	defer driver_unload
}

driver_unload()
{
	[ -d /sys/module/mpath_test ] || return 0
	wait_until 20 modprobe -r mpath_test
	wait_until 20 modprobe -r libmultipath
}

# disks_apart N [ATTRIBUTE=VALUE...]: N null_blk disks with data of their own
disks_apart()
{
	local n count=$1
	shift
	defer null_blk_destroy_all
	for ((n = 1; n <= count; n++)); do
		DISK[n]=$(null_blk_create "t$n" "$@") || exit
	done
}

# disks_shared N [ATTRIBUTE=VALUE...]: N disks that all lead to the same data
disks_shared()
{
	local n store count=$1
	shift
	defer null_blk_destroy_all
	store=$(null_blk_create store memory_backed=1 "$@") || exit
	defer dm_destroy_all
	for ((n = 1; n <= count; n++)); do
		dmsetup create "t$n" --table "0 131072 linear /dev/$store 0" ||
			fail "no device-mapper disk"
		DISK[n]=$(dm_disk "t$n")
	done
}

dm_disk() { echo "dm-$(dmsetup info -c --noheadings -o minor "$1")"; }

dm_destroy_all()
{
	local name
	for name in $(dmsetup ls | sed -n 's/^\(t[0-9]*\)\t.*/\1/p'); do
		wait_until 10 dmsetup remove "$name"
	done
}

# head_make NAME [ATTRIBUTE=VALUE...]: a head without paths
head_make()
{
	local arg
	driver_load
	HEAD=$1
	mkdir "$MPATH_TEST/$HEAD" || fail "no head"
	defer head_destroy "$HEAD"
	shift
	for arg; do
		write "${arg#*=}" "$MPATH_TEST/$HEAD/${arg%%=*}" || fail "$HEAD: no $arg"
	done
}

head_destroy()
{
	local dir
	[ -d "$MPATH_TEST/$1" ] || return 0
	for dir in "$MPATH_TEST/$1"/*/; do
		[ ! -d "$dir" ] || rmdir "$dir"
	done
	rmdir "$MPATH_TEST/$1"
}

# path_make N [ATTRIBUTE=VALUE...]: a path over DISK[N] that the library does
# not know yet
path_make()
{
	local n=$1 arg
	mkdir "$MPATH_TEST/$HEAD/p$n" || fail "no path $n"
	shift
	for arg in "disk=/dev/${DISK[n]}" "$@"; do
		path_set "$n" "${arg%%=*}" "${arg#*=}" || fail "path $n: no $arg"
	done
}

path_add() { write 1 "$MPATH_TEST/$HEAD/p$1/added"; }
path_del() { write 0 "$MPATH_TEST/$HEAD/p$1/added"; }
path_live() { write 1 "$MPATH_TEST/$HEAD/p$1/live"; }

# path_up N [ATTRIBUTE=VALUE...]: a path that takes I/O
path_up()
{
	path_make "$@"
	path_add "$1" || fail "path $1 is not added"
	path_live "$1" || fail "path $1 does not live"
}

path_back() { path_add "$1" && path_live "$1"; }

# path_set N ATTRIBUTE VALUE
path_set() { write "$3" "$MPATH_TEST/$HEAD/p$1/$2"; }
path_get() { content "$MPATH_TEST/$HEAD/p$1/$2"; }
path_has() { [ "$(path_get "$1" "$2" 2>/dev/null)" = "$3" ]; }

# What the driver has of the head; head.sh has what the library shows of it.
drv_get() { content "$MPATH_TEST/$HEAD/$1"; }
drv_set() { write "$2" "$MPATH_TEST/$HEAD/$1"; }
head_exists() { [ -e "/sys/block/$HEAD" ]; }
head_gone() { ! head_exists; }

# unit_up N: a head mt with paths 1 to N, over disks that are there
unit_up()
{
	local n
	[ -n "$HEAD" ] || head_make mt
	for ((n = 1; n <= $1; n++)); do
		path_up "$n"
	done
	wait_until 10 test -b "/dev/$HEAD"
	# A scan that still reads would be counted as I/O.
	wait_until 10 head_is_scanned
}

head_is_scanned() { [ "$(drv_get scanned)" = 1 ]; }

# The driver counts by itself; a path's own disk may be gone.
ios()
{
	cat "$MPATH_TEST/$1/bios" 2>/dev/null || carried "$1"
}

# count_paths: into D, what each path has carried until now
count_paths()
{
	local n bios
	D=()
	for n in "${!DISK[@]}"; do
		read -r bios 2>/dev/null <"$MPATH_TEST/$HEAD/p$n/bios" || bios=0
		D[n]=$bios
	done
}

# errno_writing VALUE FILE: the error in which that write ends, or "none"
errno_writing()
{
	python3 - "$@" <<-'EOF'
	import errno, os, sys
	fd = os.open(sys.argv[2], os.O_WRONLY)
	try:
	    os.write(fd, (sys.argv[1] + "\n").encode())
	    print("none")
	except OSError as e:
	    print(errno.errorcode[e.errno])
	EOF
}

# expect_errno NAME VALUE FILE: writing VALUE to FILE ends in this error
expect_errno()
{
	local got
	got=$(errno_writing "$2" "$3")
	expect_eq "$got" "$1" "the error of writing '$2' to ${3##*/}"
}

# read_blocks N: straight from the paths
read_blocks()
{
	dd if="/dev/$HEAD" of=/dev/null bs=4k count="$1" iflag=direct status=none 2>/dev/null
}
read_head() { read_blocks 1; }

# read_held: a read in the background, by READER, that the head holds
read_held()
{
	local count
	count=$(head_get requeued)
	read_head &
	READER=$!
	wait_until 10 head_holds $((count + 1))
}

# head_holds COUNT: it has held so many bios
head_holds() { [ "$(head_get requeued)" -ge "$1" ]; }

# Numbers of the driver's ioctls, for chr_ioctl.
# shellcheck disable=SC2034
IOC_PATH=0x6d01 IOC_WRITE=0x6d02 IOC_DELETE=0x6d03 IOC_REFUSED=0x6d04

# do_ioctl FILE|FD COMMAND [r|w]: prints what it returns, a number or an error;
# FD is of a file that this shell has open
do_ioctl()
{
	python3 - "$@" <<-'EOF'
	import errno, fcntl, os, sys
	mode = os.O_RDWR if sys.argv[3:] == ["w"] else os.O_RDONLY
	try:
	    file = sys.argv[1]
	    fd = int(file) if file.isdigit() else os.open(file, mode)
	    print(fcntl.ioctl(fd, int(sys.argv[2], 0), bytearray(64)))
	except OSError as e:
	    print(errno.errorcode[e.errno])
	EOF
}

switch_policies()
{
	local policies=(numa round-robin queue-depth)
	head_set iopolicy "${policies[RANDOM % 3]}"
}

# use_file FILE [delete]: open it, read or ioctl many times, and close it; what
# is opened may go meanwhile. With "delete" some ioctls take away their path.
use_file()
{
	timeout 60 python3 - "$@" <<-'EOF'
	import fcntl, os, random, sys, time
	cmds = [0x6d01, 0x6d02, 0x6d04, 0x301, 0x5331]
	if "delete" in sys.argv:
	    cmds.append(0x6d03)
	end = time.time() + 2
	while time.time() < end:
	    try:
	        fd = os.open(sys.argv[1], os.O_RDWR | os.O_NONBLOCK)
	    except OSError:
	        time.sleep(0.01)
	        continue
	    for i in range(random.randrange(40)):
	        try:
	            fcntl.ioctl(fd, random.choice(cmds), bytearray(64))
	        except OSError:
	            pass
	    os.close(fd)
	EOF
}
