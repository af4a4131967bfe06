#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# nvme.sh KDIR SOURCE MPATH OUT: build nvme-core with its multipath code on
# libmultipath.
#   KDIR    headers of the kernel it is for
#   SOURCE  source of that kernel, or a tar file of it, of which drivers/nvme
#           and Makefile are read
#   MPATH   where libmultipath has been built for KDIR
#   OUT     is made: OUT/nvme-core.ko
# The transports stay the distribution's: what they use of nvme-core must not
# change, and that is proved here.

set -eu -o pipefail

HERE=$(cd "$(dirname "$0")" && pwd)
OURS=$HERE/../drivers/nvme/host

stop()
{
	printf 'nvme: %s\n' "$@" >&2
	exit 1
}

# Where drivers/nvme is taken from: a directory.
source_dir()
{
	if [ -d "$SOURCE" ]; then
		echo "$SOURCE"
		return
	fi
	rm -rf "$OUT.source"
	mkdir -p "$OUT.source"
	tar -x -C "$OUT.source" -f "$SOURCE" --strip-components=1 --wildcards \
		--no-wildcards-match-slash 'linux-source-*/Makefile' 'linux-source-*/drivers/nvme' ||
		stop "$SOURCE holds no drivers/nvme"
	echo "$OUT.source"
}

version_of_source()
{
	awk '$2 == "=" && !seen[$1]++ { v[$1] = $3 }
		END { print v["VERSION"] "." v["PATCHLEVEL"] "." v["SUBLEVEL"] }' "$1/Makefile"
}

check_version()
{
	local have want
	have=$(version_of_source "$1")
	want=$(make -s -C "$KDIR" kernelversion)
	[ "$have" = "$want" ] ||
		stop "the source is of Linux $have, the headers in $KDIR of $want" \
			"apt install linux-source-${want%.*}, at the version of the headers' package"
}

# Rules that find nothing any more leave calls behind that nobody answers.
apply_rules()
{
	local file
	printf '#define %s(x)\n' __guarded_by __must_hold __must_hold_shared __releases \
		__releases_shared __acquires >"$OUT/macros.h"
	for file in core ioctl pr sysfs; do
		spatch --very-quiet --no-includes --macro-file "$OUT/macros.h" --in-place \
			--sp-file "$OURS/multipath.cocci" "$OUT/$file.c" >"$OUT/$file.log" 2>&1 || {
			cat "$OUT/$file.log" >&2
			stop "the rules cannot be applied to $file.c"
		}
	done
	for file in 'sizeof(struct nvme_path)' nvme_mpath_delete_path nvme_mpath_put_disk \
		nvme_mpath_remove_disk nvme_mpath_ctrl_changed nvme_mpath_check_capacity; do
		grep -qF "$file" "$OUT/core.c" || stop "no place in core.c for $file"
	done
	grep -qF '&mpath_attr_group' "$OUT/sysfs.c" || stop "no place in sysfs.c for mpath_attr_group"
	if grep -n 'head->srcu\|nvme_find_path\|queue_if_no_path\|remove_work' "$OUT"/{core,ioctl,pr,sysfs}.c |
		grep -v 'init_srcu_struct\|cleanup_srcu_struct' >&2; then
		stop "the rules have left the above"
	fi
}

# One line for each symbol: name, CRC, namespace.
exported()
{
	awk -F '\t' '$3 ~ /nvme-core$/ { print $2, $1, $5 }' "$1" | sort
}

check_symbols()
{
	exported "$KDIR/Module.symvers" | sed 's|drivers/nvme/host/||' >"$OUT/symbols.stock"
	exported "$OUT/Module.symvers" >"$OUT/symbols.ours"
	[ -s "$OUT/symbols.stock" ] || stop "no nvme-core in $KDIR/Module.symvers"
	diff "$OUT/symbols.stock" "$OUT/symbols.ours" >&2 ||
		stop "the stock transports do not fit this nvme-core, see above"
	echo "nvme: $(wc -l <"$OUT/symbols.ours") exported symbols, all as the stock transports know them"
}

main()
{
	local dir
	[ $# -eq 4 ] || stop "usage: nvme.sh KDIR SOURCE MPATH OUT"
	KDIR=$1 SOURCE=$2 MPATH=$(realpath "$3") OUT=$4
	command -v spatch >/dev/null || stop "no spatch: apt install coccinelle"
	[ -e "$SOURCE" ] || stop "no kernel source in $SOURCE"
	[ -e "$MPATH/Module.symvers" ] || stop "libmultipath has not been built in $MPATH: run make first"

	rm -rf "$OUT"
	mkdir -p "$OUT"
	OUT=$(realpath "$OUT")
	dir=$(source_dir)
	check_version "$dir"
	cp "$dir"/drivers/nvme/host/* "$OUT/"
	cp "$OURS"/*.[ch] "$OURS/Kbuild" "$OUT/"
	apply_rules
	make -C "$KDIR" M="$OUT" MPATH="$MPATH" KBUILD_EXTRA_SYMBOLS="$MPATH/Module.symvers" \
		-j"$(nproc)" modules
	check_symbols
}

main "$@"
