#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# graft.sh KSRC: lay the code into the kernel source KSRC, to be configured as
# LIBMULTIPATH and SCSI_MULTIPATH, =y or =m. The sources go in as they are, and
# compat.h with them. Nothing is probed for: KSRC is taken for a kernel that has
# every feature there is a probe for, as the newest has, and one that lacks a
# feature does not compile. May be run again at any time: what has not changed
# is not touched, so that only what has changed is compiled again.
#
# Where KSRC is not as it is expected here, nothing is changed.

set -eu -o pipefail

TOP=$(cd "$(dirname "$0")/.." && pwd)
KSRC=

# file|line to follow|line to insert. The first must be there once, or it is
# for a person to decide where the code belongs now. Device handlers are set up
# before the drivers that use them, both before the drivers of disks.
# shellcheck disable=SC2016
EDITS=(
	'lib/Kconfig|source "lib/math/Kconfig"|source "lib/multipath/Kconfig"'
	'lib/Makefile|obj-$(CONFIG_LRU_CACHE) += lru_cache.o|obj-$(CONFIG_LIBMULTIPATH) += multipath/'
	'drivers/scsi/Kconfig|source "drivers/scsi/device_handler/Kconfig"|source "drivers/scsi/mpath/Kconfig"'
	'drivers/scsi/Makefile|obj-$(CONFIG_SCSI_DH)		+= device_handler/|obj-$(CONFIG_SCSI_MULTIPATH)	+= mpath/'
)

# Directories of KSRC that hold nothing but what is laid here.
OURS="lib/multipath drivers/scsi/mpath include/compat"

CONFIG=include/compat/generated/mpath-config.h

stop()
{
	printf 'graft: %s\n' "$@" >&2
	exit 1
}

# Where a file of ours goes, or nothing for one that stays behind.
place()
{
	case $1 in
	*.mod.c | include/generated/*) ;;
	lib/*.[ch] | drivers/*.[ch] | */Kbuild | */Kconfig) echo "$1" ;;
	include/*.h | Documentation/ABI/*) echo "$1" ;;
	tests/kunit/scsi_mpath_*.[ch]) echo "drivers/scsi/mpath/tests/${1##*/}" ;;
	tests/kunit/mpath_*.[ch]) echo "lib/multipath/tests/${1##*/}" ;;
	esac
}

# "SOURCE PLACE" for each file that is laid.
plan()
{
	local file to
	(cd "$TOP" && find lib drivers/scsi/mpath include Documentation/ABI tests/kunit -type f) |
		sort | while read -r file; do
		to=$(place "$file")
		[ -z "$to" ] || echo "$file $to"
	done
}

has_line()
{
	grep -qxF -e "$2" "$KSRC/$1"
}

# A kernel may have a libmultipath of its own one day.
check_source()
{
	local dir from to
	[ -e "$KSRC/drivers/scsi/Kconfig" ] || stop "$KSRC is no kernel source"
	for dir in $OURS; do
		[ -e "$KSRC/$dir/.graft" ] && return
		[ ! -e "$KSRC/$dir" ] || stop "$KSRC has a $dir of its own"
	done
	while read -r from to; do
		[ ! -e "$KSRC/$to" ] || stop "$KSRC has a $to of its own, not $from"
	done <<<"$1"
}

# check_edit FILE ANCHOR LINE
check_edit()
{
	local count
	has_line "$1" "$3" && return
	count=$(grep -cxF -e "$2" "$KSRC/$1" 2>/dev/null || true)
	[ "$count" = 1 ] && return
	FAULTS+=("$1 has the line '$2' ${count:-0} times, not once")
}

# edit FILE ANCHOR LINE
edit()
{
	local file=$KSRC/$1
	has_line "$1" "$3" && return
	anchor=$2 line=$3 awk '{ print } $0 == ENVIRON["anchor"] { print ENVIRON["line"] }' \
		"$file" >"$file.graft"
	chmod --reference="$file" "$file.graft"
	mv "$file.graft" "$file"
	echo "graft: $1"
}

each_edit()
{
	local entry anchor line file
	for entry in "${EDITS[@]}"; do
		IFS='|' read -r file anchor line <<<"$entry"
		"$1" "$file" "$anchor" "$line"
	done
}

# What was interrupted can be done again.
claim()
{
	local dir
	for dir in $OURS; do
		mkdir -p "$KSRC/$dir"
		: >>"$KSRC/$dir/.graft"
	done
}

# The old file is replaced, not written to: a tree may share it by hard links.
lay()
{
	local from=$TOP/$1 to=$KSRC/$2
	cmp -s "$from" "$to" && return
	mkdir -p "${to%/*}"
	cp "$from" "$to.graft"
	mv "$to.graft" "$to"
	echo "graft: $2"
}

# What the probes would say; two of them are there for the probing itself.
config()
{
	local probe name
	for probe in "$TOP"/scripts/kcompat/have_*.c; do
		name=${probe##*/}
		name=${name%.c}
		[[ $name = have_meta_* ]] || echo "#define ${name^^} 1"
	done
}

lay_config()
{
	local text to=$KSRC/$CONFIG
	text=$(config)
	[ "$(cat "$to" 2>/dev/null)" != "$text" ] || return 0
	mkdir -p "${to%/*}"
	echo "$text" >"$to.graft"
	mv "$to.graft" "$to"
	echo "graft: $CONFIG"
}

# What was laid once and is gone from here.
prune()
{
	local dir file
	for dir in $OURS; do
		(cd "$KSRC" && find "$dir" -name '*.[ch]' -not -name '*.mod.c') | while read -r file; do
			grep -q " $file\$" <<<"$1" && continue
			rm "$KSRC/$file"
			echo "graft: $file is gone"
		done
	done
}

main()
{
	local files from to
	[ $# -eq 1 ] || stop "usage: scripts/graft.sh KERNEL-SOURCE"
	KSRC=$(cd "$1" && pwd) || stop "no directory: $1"
	FAULTS=()
	files=$(plan)
	check_source "$files"
	each_edit check_edit
	[ ${#FAULTS[@]} -eq 0 ] || stop "${FAULTS[@]}" "nothing was changed"

	claim
	while read -r from to; do
		lay "$from" "$to"
	done <<<"$files"
	lay_config
	prune "$files"$'\n'"- $CONFIG"
	each_edit edit
}

main "$@"
