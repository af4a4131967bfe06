# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Files of the modules that are pure logic are compiled outside of the kernel,
# in the build tree, by the unit tests and the fuzzers. To be sourced after
# lib.sh and ktap. Names of files are relative to the top.

# pure_prepare WORK: the build tree, and a directory that only one run uses.
pure_prepare()
{
	"$VM/rootfs.sh"
	mkdir -p "$TOP/$1"
	exec 7>"$TOP/$1/lock"
	flock -n 7 || { echo "${1##*/}: waiting for another run"; flock 7; }
}

# pure_names DIR PATTERN: the programs in DIR that match, without suffix.
pure_names()
{
	local file
	for file in "$TOP/$1"/*.c; do
		file=${file##*/}
		# shellcheck disable=SC2053 # a pattern
		[[ ${file%.c} != $2 ]] || echo "${file%.c}"
	done
}

# pure_source NAME[-PART]: the file of the modules that a program of that name is for.
pure_source()
{
	(cd "$TOP" && find lib drivers -name "${1%%-*}.c")
}

# pure_compile COMPILER SANITIZERS OUTPUT FILE…: any warning is an error, what a
# sanitizer sees ends the program.
pure_compile()
{
	local compiler=$1 sanitizers=$2 output=$3
	shift 3
	in_tree "$TOP" nice -n 10 "$compiler" -std=gnu11 -O1 -g -Wall -Wextra -Werror \
		-fsanitize="$sanitizers" -fno-sanitize-recover=all \
		-Itests/common/include -Idrivers/scsi/mpath -o "$output" "$@"
}

# pure_finish KIND RESULTS PATTERN: the sum; its status is that of the run.
pure_finish()
{
	[ -s "$2" ] || { echo "nothing matches: $3" >&2; echo "fail none" >"$2"; }
	[ -z "${APPEND_RESULTS:-}" ] || sed "s/ / $1\//" "$2" >>"$APPEND_RESULTS"
	print_summary "$2"
	result_status "$2" || exit 1
}
