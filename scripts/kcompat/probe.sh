#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# probe.sh KDIR HEADER: compile every have_<feature>.c beside this script
# against KDIR and write the answers to HEADER as HAVE_<FEATURE>.

set -eu

HERE=$(cd "$(dirname "$0")" && pwd)
KDIR=$1
HEADER=$2
STAMP=$HEADER.stamp
LOG=$HERE/.probe.log

# The release is in it because a kernel's headers are upgraded in place.
fingerprint()
{
	cat "$HERE"/have_*.c "$HERE/Kbuild" "$HERE/probe.sh"
	realpath "$KDIR"
	cat "$KDIR/include/config/kernel.release" 2>/dev/null || true
}

# A probe may warn; flags meant for the modules must not decide its answer.
compile()
{
	rm -f "$HERE"/have_*.o
	env -u KCFLAGS -u W -u MAKEFLAGS -u MFLAGS \
		make -k -j"$(nproc)" -C "$KDIR" M="$HERE" modules >"$LOG" 2>&1 || true
}

stop()
{
	cat "$LOG" >&2
	echo "probe: $*" >&2
	exit 1
}

answers()
{
	local probe name
	echo "/* Made by scripts/kcompat/probe.sh for $(realpath "$KDIR") */"
	for probe in "$HERE"/have_*.c; do
		name=${probe##*/}
		name=${name%.c}
		if [ -e "${probe%.c}.o" ]; then
			echo "#define ${name^^} 1"
		fi
	done
}

main()
{
	local now
	now=$(fingerprint | sha256sum)
	if [ -e "$HEADER" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$now" ]; then
		return
	fi
	compile
	[ -e "$HERE/have_meta_pass.o" ] ||
		stop "have_meta_pass.c does not compile: $KDIR or the compiler is broken"
	[ ! -e "$HERE/have_meta_fail.o" ] ||
		stop "have_meta_fail.c compiles: the probes cannot tell anything"
	mkdir -p "$(dirname "$HEADER")"
	answers >"$HEADER.new"
	# Objects depend on the header: leave it alone when nothing changed.
	cmp -s "$HEADER.new" "$HEADER" || mv "$HEADER.new" "$HEADER"
	rm -f "$HEADER.new" "$HERE"/have_*.o "$HERE"/.have_*.cmd
	echo "$now" >"$STAMP"
}

main
