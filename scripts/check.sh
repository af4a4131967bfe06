#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check.sh [STEP…]: all static checks, or those named, each on its own: one line
# per step, what it found below it when it found something. Exit status 1 if
# any step did.

set -u
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/../tests/vm/lib.sh"

mapfile -t KERNELS < <(kernel_names)
STEPS=(no_version_tests features_in_compat_only codespell shellcheck checkpatch
	kernel_doc exports docs_name_tests docs_name_messages "${KERNELS[@]/#/build_}" sparse
	"${KERNELS[@]/#/nvme_}" sparse_nvme packages)

# The newest checkpatch and kernel-doc know the most; sparse 0.6.4 of Debian 13
# cannot read the headers of newer kernels than this.
SOURCE=build/vm/source-7.3
SPARSE_K=6.12

# files REGEX: what is, or could be, committed. Without git, all there is.
files()
{
	local file
	{
		git -c safe.directory="$TOP" -C "$TOP" ls-files -co --exclude-standard 2>/dev/null ||
			(cd "$TOP" && find . -path ./build -prune -o -type f -printf '%P\n')
	} | sort -u | grep -E "$1" |
		while read -r file; do
			[ ! -f "$TOP/$file" ] || echo "$file"
		done
}

# The probes are excused: they are fragments, and start with their origin.
c_files()
{
	files '\.[ch]$' | grep -v '^scripts/kcompat/'
}

shell_files()
{
	local file
	files '.' | while read -r file; do
		case $file in
		*.md | *.c | *.h) continue ;;
		esac
		# Sourced files have no interpreter line and name their dialect.
		head -n 1 "$TOP/$file" | grep -qE '^#!.*sh\b|^# shellcheck shell=' && echo "$file"
	done
}

# Run a tool of the build tree over files named on stdin, from the top. To
# have found no file is to have checked nothing.
over_files()
{
	local args
	mapfile -t args
	if [ "${#args[@]}" -eq 0 ]; then
		echo "no files to check"
		return 1
	fi
	in_tree "$TOP" "$@" "${args[@]}"
}

# Tracepoints are tables made of macros, in the shape that all of them have. The SCSI
# core, cmocka and libFuzzer have chosen names of their own.
checkpatch()
{
	over_files perl "$SOURCE/scripts/checkpatch.pl" --terse "$@" -f | grep -v '^total:'
	return "${PIPESTATUS[0]}"
}

step_checkpatch()
{
	local status=0 camels='^tests/(unit|fuzz)/|/scsi/mpath/bus\.c$'
	c_files | grep -vE "/trace/|$camels" | checkpatch || status=1
	c_files | grep -E "$camels" | checkpatch --ignore CAMELCASE || status=1
	c_files | grep '/trace/' |
		checkpatch --ignore OPEN_ENDED_LINE,PARENTHESIS_ALIGNMENT || status=1
	rm -f "$TOP"/.checkpatch-camelcase.*
	return "$status"
}

step_kernel_doc()
{
	c_files | grep -E '^(include/linux|lib|drivers)/' |
		over_files python3 -B "$SOURCE/tools/docs/kernel-doc" -none -Wall -Werror
}

step_exports()
{
	c_files | grep -E '^(include/linux|lib|drivers)/' |
		over_files python3 -B scripts/check_exports.py Documentation/upstream.md
}

# lintian has a look at them as well.
step_packages()
{
	"$TOP/scripts/deb.sh"
}

# A page that says which test would see a bug must not name one that is gone.
step_docs_name_tests()
{
	local name found='' status=0
	# shellcheck disable=SC2016 # these are Markdown's
	while read -r name; do
		found=1
		[ -f "$TOP/tests/$name.sh" ] || { echo "no test $name"; status=1; }
	done < <(cd "$TOP" && grep -ohE '`(scsi|lib|meta|nvme|cli|boot)/[a-z_]+`' Documentation/*.md | tr -d '`' | sort -u)
	[ -n "$found" ] || { echo "no page names a test"; status=1; }
	return "$status"
}

# What the kernel may say, each as the operator's guide has it: "…" for what varies,
# and without the name of the disk, or of the module, that it begins with.
kernel_messages()
{
	cd "$TOP" && grep -hA 1 'pr_\(info\|notice\|warn\|err\)[a-z_]*(' drivers/scsi/mpath/*.c lib/multipath/*.c |
		sed -nE 's/^[^"]*"([^"]*)\\n".*/\1/p' |
		sed -E 's/%[-#.*0-9]*[a-z]/…/g; s/^(…|scsi_mpath): //; s/^…: //; s/(…)+/…/g' | sort -u
}

step_docs_name_messages()
{
	local message found='' status=0
	while read -r message; do
		found=1
		grep -qF "\`$message\`" "$TOP/Documentation/guide.md" || { echo "not in the guide: $message"; status=1; }
	done < <(kernel_messages | grep -v '^…$')
	[ -n "$found" ] || { echo "no message found"; status=1; }
	return "$status"
}

step_build()
{
	"$VM/build" "$1"
}

step_nvme()
{
	"$VM/build" "$1" && "$VM/nvme" "$1"
}

# run_sparse BUILD DIR ARG…: over BUILD, which was made with DIR as /src. kbuild
# goes on silently when it finds no sparse: count what was checked.
run_sparse()
{
	local build=$TOP/build/$1 dir=$2 log=$TOP/build/sparse-$1.log
	shift 2
	(
		flock 8
		in_tree "$dir" make -j"$(nproc)" --no-print-directory C=2 CF=-D__CHECK_ENDIAN__ "$@" modules
	) >"$log" 2>&1 8>"$build.lock" || { cat "$log"; return 1; }
	if ! grep -q '^ *CHECK ' "$log" || grep -q 'sparse is not available' "$log"; then
		echo "sparse did not run, see $log"
		return 1
	fi
}

# Only what is said of our own files counts, the kernel's have faults as well.
step_sparse()
{
	local modules=modules-$SPARSE_K
	"$VM/build" "$SPARSE_K" || return
	run_sparse "$modules" "$TOP/build/$modules" CONFIG_MPATH_TEST=m \
		KDIR="/usr/src/linux-headers-$(kernel_release "$SPARSE_K")" || return
	! grep -E '^/src/.*(warning|error):' "$TOP/build/sparse-$modules.log"
}

step_sparse_nvme()
{
	local modules=modules-$SPARSE_K nvme=nvme-$SPARSE_K ours
	ours=$(cd "$TOP/drivers/nvme/host" && printf '|%s' *.[ch])
	"$VM/build" "$SPARSE_K" && "$VM/nvme" "$SPARSE_K" || return
	run_sparse "$nvme" "$TOP" -C "/usr/src/linux-headers-$(kernel_release "$SPARSE_K")" \
		M="/src/build/$nvme" MPATH="/src/build/$modules" \
		KBUILD_EXTRA_SYMBOLS="/src/build/$modules/Module.symvers" || return
	! grep -E "^/src/build/$nvme/(${ours#|}):.*(warning|error):" "$TOP/build/sparse-$nvme.log"
}

step_shellcheck()
{
	shell_files | in_tree "$TOP" xargs -P "$(nproc)" -n 8 shellcheck -x
}

step_codespell()
{
	files '.' | over_files codespell
}

# One file knows that kernels differ; the probes tell it, not version numbers.
step_no_version_tests()
{
	! c_files | (cd "$TOP" && xargs -r grep -nE '\b(LINUX_VERSION_CODE|KERNEL_VERSION)\b')
}

step_features_in_compat_only()
{
	! c_files | grep -vE '^include/compat/' |
		(cd "$TOP" && xargs -r grep -nE '\bHAVE_[A-Z0-9_]+')
}

run_step()
{
	local name=$1 log start=$EPOCHREALTIME took verdict=pass
	log=$(mktemp)
	case $name in
	build_* | nvme_*) set -- "step_${name%%_*}" "${name#*_}" ;;
	*) set -- "step_$name" ;;
	esac
	"$@" >"$log" 2>&1 || verdict=fail
	took=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
	if [ "$verdict" = pass ]; then
		echo "ok    check/$name  $took s"
	else
		echo "FAIL  check/$name  $took s"
		sed 's/^/      /' "$log"
		FAILED+=" $name"
	fi
	[ -z "${APPEND_RESULTS:-}" ] || echo "$verdict check/$name $took" >>"$APPEND_RESULTS"
	rm -f "$log"
}

main()
{
	local name
	FAILED=
	[ $# -gt 0 ] || set -- "${STEPS[@]}"
	"$TOP/scripts/setup.sh" && "$VM/rootfs.sh" "${KERNELS[@]}" || exit 1
	for name; do
		run_step "$name"
	done
	[ -z "$FAILED" ] || { echo "check: failed:$FAILED"; exit 1; }
	echo "check: clean"
}

need_root "$@"
main "$@"
