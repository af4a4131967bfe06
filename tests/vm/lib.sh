# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the host side of the lab shares: where things lie, the table of
# kernels, long steps, commands in the build tree.

VM=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOP=$(cd "$VM/../.." && pwd)
LAB=$TOP/build/vm
TREE=$LAB/tree
# The root file system of every machine
# shellcheck disable=SC2034
MACHINE_ROOT=6d706174-6800-4000-8000-000000000001

die()
{
	echo "${0##*/}: $*" >&2
	exit 1
}

need_root()
{
	[ "$(id -u)" -eq 0 ] && return
	command -v sudo >/dev/null || die "run as root, or install sudo"
	exec sudo --preserve-env=CI,T,K,QUICK,MIRROR,STRESS_SECONDS,FUZZ_SECONDS,TIMEOUT,RUNS,UNITS,CPUS,POLICY,ENGINE,PATTERN,NVME_NUM_ITER,NVME_IMG_SIZE "$0" "$@"
}

# A list file without its comments.
list()
{
	sed 's/#.*//' "$1" | xargs
}

kernel_names()
{
	list "$VM/kernels" | tr ' ' '\n'
}

kernel_known()
{
	[ "$1" = debug ] || kernel_names | grep -qxF "$1"
}

kernel_release()
{
	cat "$LAB/kernel-$1/release"
}

# step WHAT CMD…: run CMD with its output in a log, and be seen to be alive.
step()
{
	local what=$1 log start=$SECONDS pid
	shift
	mkdir -p "$LAB/log"
	log=$LAB/log/${what//[^a-z0-9.]/-}.log
	echo "lab: $what ..."
	# In a process group of its own, so that it can be ended as a whole.
	set -m
	( "$@" ) >"$log" 2>&1 </dev/null &
	pid=$!
	set +m
	# shellcheck disable=SC2064
	trap "kill -TERM -- -$pid; exit 1" INT TERM
	while ! wait_pid "$pid" 20; do
		echo "lab: $what ... $((SECONDS - start)) s"
	done
	if ! wait "$pid"; then
		tail -n 30 "$log" >&2
		die "$what failed, see $log"
	fi
	trap - INT TERM
	echo "lab: $what done in $((SECONDS - start)) s"
}

# wait_pid PID SECONDS: has PID ended within SECONDS?
wait_pid()
{
	timeout "$2" tail --pid="$1" -f /dev/null
}

# build_mpathctl DIR CFLAGS: mpathctl in DIR, which is relative to the top
build_mpathctl()
{
	mkdir -p "$TOP/$1"
	in_tree "$TOP" flock "$1/lock" make -s -C tools/mpathctl O="/src/$1" CFLAGS="-Werror $2"
}

# in_tree DIR CMD…: run CMD in the build tree, in DIR, which is seen as /src.
# The mounts live in a namespace of their own and go with it.
in_tree()
{
	local dir=$1
	shift
	# shellcheck disable=SC2016
	unshare --mount bash -ec '
		tree=$1 dir=$2
		shift 2
		mkdir -p "$tree/src"
		mount --bind "$dir" "$tree/src"
		mount -t proc proc "$tree/proc"
		mount --bind /dev "$tree/dev"
		exec chroot "$tree" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
			HOME=/root DEBIAN_FRONTEND=noninteractive bash -c "cd /src && exec \"\$@\"" - "$@"
	' - "$TREE" "$dir" "$@"
}
