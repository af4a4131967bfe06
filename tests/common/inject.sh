# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Allocations that fail, chosen by what code they are made for: anything whose
# stack leads through a module's text, in whatever process or work item. Needs a
# kernel with failslab, which Debian's have not.

FAILSLAB=/sys/kernel/debug/failslab

# For requires().
have_failslab()
{
	[ -e $FAILSLAB/require-start ] ||
		skip "no failslab with a stack filter in $(uname -r); K=debug has it"
}

failslab() { put "$2" "$FAILSLAB/$1"; }

# inject_begin START END: nothing fails yet, and later only what is asked for by
# code between the two addresses
inject_begin()
{
	INJECT_RANGE=("$@") INJECT_OWN=N
	inject_stop
	defer inject_end
	failslab ignore-gfp-wait N
	failslab cache-filter N
	failslab task-filter N
	failslab verbose 1
	inject_range "$@"
}

inject_range()
{
	failslab require-start "$1"
	failslab require-end "$2"
}

inject_end()
{
	inject_stop
	failslab ignore-gfp-wait Y
	failslab task-filter N
	inject_range 0 0xffffffffffffffff
}

# inject_begin_module MODULE: allocations for this module, which is loaded
inject_begin_module()
{
	local last
	last=$(awk -v module="[$1]" '$4 == module && tolower($2) == "t" { print $1 }' \
		/proc/kallsyms | sort | tail -n 1)
	inject_begin "$(cat "/sys/module/$1/sections/.text")" \
		"$(printf '0x%x' $(((0x$last | 4095) + 1)))"
}

# inject_begin_init: allocations for any module, a module's initialisation
# included, in processes that have set make-it-fail. Modules lie behind the kernel.
inject_begin_init()
{
	inject_begin "$(address_of _end)" 0xffffffffff000000
	INJECT_OWN=Y
}

address_of() { awk -v name="$1" '$3 == name { print "0x" $1; exit }' /proc/kallsyms; }

# inject_nth N: the Nth allocation from now on fails, and no other. The kernel
# counts on for ever and fails those that the interval divides, so a look-up of
# our own fails first and brings the count to a multiple of N.
inject_nth()
{
	local lookup
	failslab interval "$1"
	if [ "$1" -gt 1 ]; then
		lookup=$(address_of vfs_fstatat)
		inject_range "$lookup" "$(printf '0x%x' $((lookup + 4096)))"
		failslab task-filter Y
		failslab times 1
		put 1 "/proc/$BASHPID/make-it-fail"
		failslab probability 100
		until inject_hit; do
			[ ! -e "/proc/$EPOCHREALTIME" ]
		done
		inject_stop
		put 0 "/proc/$BASHPID/make-it-fail"
		inject_range "${INJECT_RANGE[@]}"
	fi
	failslab task-filter "$INJECT_OWN"
	failslab times 1
	failslab probability 100
}

# inject_each EACH STEP CMD...: CMD N for each N to EACH and every STEP after it,
# until CMD says that there is no Nth allocation. Most of the later ones are
# alike: files of sysfs.
inject_each()
{
	local n rounds=0 each=$1 step=$2
	shift 2
	for ((n = 1; ; n += n < each ? 1 : step)); do
		"$@" "$n" || break
		rounds=$((rounds + 1))
	done
	note "$*: failed $rounds of the first $n allocations"
	[ "$rounds" -gt 5 ] || fail "$*: too few allocations to be true"
}

# two_active_hosts: of three hosts of scsi_debug, sets H to the numbers of the
# two whose disk carries I/O. That of the standby one goes.
two_active_hosts()
{
	local disk
	H=()
	for disk in $(sdebug_disks); do
		if [ "$(sdebug_state "$disk")" = standby ]; then
			put 1 "/sys/block/$disk/device/delete"
		else
			H[${#H[@]}+1]=$(host_no "$disk")
		fi
	done
}

# inject_all: every allocation that may not wait, such as one in an interrupt;
# inject_count tells how many it were.
inject_all()
{
	failslab ignore-gfp-wait Y
	failslab interval 1
	failslab times 1000000
	failslab probability 100
}

inject_count() { echo $((1000000 - $(<$FAILSLAB/times))); }
inject_hit() { [ "$(<$FAILSLAB/times)" = 0 ]; }
inject_stop() { failslab probability 0; }
